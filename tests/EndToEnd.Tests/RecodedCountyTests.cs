using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Servers.Installations;
using LeftBehind.TestKit;
using Xunit;
using Education = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>公主岭市 leaves 四平市 for 长春市 and becomes 220184 (国函〔2020〕80号), in an installation that began with the divisions of 2019.</summary>
public sealed class RecodedCountyTests
{
    private const string County = "220381", Recoded = "220184", OldCity = "2203", NewCity = "2201", Village = "220381001001", At = "2026-03-01T08:00:00+08:00";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task City_totals_and_an_officers_scope_move_with_a_recoded_county_in_every_service_also_in_one_that_was_down()
    {
        using var data = TestFolder.Create();
        File.Copy(Path.Combine(Repository.Root, "tests", "Divisions.Tests", "Data", "divisions-2019-extract.csv.gz"), Path.Combine(data.Path, "divisions.csv.gz"));
        File.Copy(Path.Combine(Repository.Root, "deploy", "data", "id-prefixes.csv.gz"), Path.Combine(data.Path, "id-prefixes.csv.gz"));
        await using var running = await RunningInstallation.StartAsync(
            new Dictionary<string, string?> { ["Divisions__File"] = Path.Combine(data.Path, "divisions.csv.gz") }, Ct, "Registry", "EducationAttendance", "Platform");
        var platform = new Platform.PlatformClient(running.Channel("Platform"));

        Assert.Equal(Verdict.Applied, await PushAsync(running, "1", Village, "2026-03-01"));
        await Eventually.IsAsync(() => CountAsync(platform, County, running.Bureau(County, Ct)), n => n == 1, Ct);
        Assert.Equal((1, 0), (await CountAsync(platform, OldCity, running.Bureau("22", Ct)), await CountAsync(platform, NewCity, running.Bureau("22", Ct))));

        await running.Services["Registry"].KillAsync();
        var on = new DivisionChange { EffectiveOn = "2026-03-02", Document = "国函〔2020〕80号" };
        await new Protos.Platform.V1.Divisions.DivisionsClient(running.Channel("Platform")).ConfirmDivisionChangesAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(),
            Changes = { new DivisionChange(on) { Reparent = new() { DivisionId = County + "@2019", ParentId = NewCity + "@2019" } }, new DivisionChange(on) { Recode = new() { DivisionId = County + "@2019", Code = Recoded } } },
        }, running.Bureau("22", Ct));

        await Eventually.IsAsync(() => CountAsync(platform, NewCity, running.Bureau("22", Ct)), n => n == 1, Ct);
        Assert.Equal((0, 1), (await CountAsync(platform, OldCity, running.Bureau("22", Ct)), await CountAsync(platform, "22", running.Bureau("22", Ct))));
        foreach (var officer in new[] { County, Recoded })
            Assert.Equal(["22@2019", "2201@2019", "220381@2019"], (await platform.GetFiguresAsync(new() { DivisionCode = Recoded }, running.Bureau(officer, Ct))).Path.Select(d => d.DivisionId));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(platform.GetFiguresAsync(new() { DivisionCode = Recoded }, running.Bureau(OldCity, Ct))));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(platform.GetFiguresAsync(new() { DivisionCode = County }, running.Bureau("22", Ct))));

        // Education heard of it from the broker; Registry was down and pulls it.
        var dropouts = new Education.Dropouts.DropoutsClient(running.Channel("EducationAttendance"));
        await Eventually.IsAsync(() => StatusAsync(dropouts.ListDropoutCasesAsync(new() { DivisionCode = Recoded }, running.As(Department.Education, Role.Officer, Recoded, ct: Ct))), s => s is StatusCode.OK, Ct);
        await running.Services["Registry"].StartAsync(Ct);
        var visits = new Visits.VisitsClient(running.Channel("Registry"));
        await Eventually.IsAsync(() => StatusAsync(visits.ListDueVisitsAsync(new() { DivisionCode = Recoded }, running.Bureau(Recoded, Ct))), s => s is StatusCode.OK, Ct);
        Assert.Equal(StatusCode.NotFound, await StatusAsync(visits.ListDueVisitsAsync(new() { DivisionCode = Recoded }, running.Bureau("431003", Ct))));

        // A row is read by the codes of its day.
        Assert.Equal(Verdict.Applied, await PushAsync(running, "2", "220184001001", "2026-03-02"));
        Assert.Equal(Verdict.Applied, await PushAsync(running, "3", Village, "2026-03-01"));
        Assert.Equal(Verdict.Rejected, await PushAsync(running, "4", Village, "2026-03-02"));
        await Eventually.IsAsync(() => CountAsync(platform, Recoded, running.Bureau(County, Ct)), n => n == 3, Ct);
        Assert.Equal(0, (await platform.ReconcileAsync(new(), running.Operations(Ct))).FigureDifferences);
    }

    private static async Task<Verdict> PushAsync(RunningInstallation running, string number, string village, string effectiveOn)
    {
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, "22", "population", Ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = number,
            Rows =
            {
                new HouseholdRow { SourceEventId = "h" + number, SourceSequence = 1, OccurredAt = At, EffectiveOn = effectiveOn, Household = new() { HouseholdNo = "h" + number, ResidenceCode = village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = "c" + number, SourceSequence = 2, OccurredAt = At, Member = new() { HouseholdNo = "h" + number, PersonNo = "c" + number, Name = "何小树", BirthDate = "2016-05-01", Relation = Relation.Child } },
            },
        });
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(Ct));
        return push.ResponseStream.Current.Rows[0].Verdict;
    }

    private static async Task<long> CountAsync(Platform.PlatformClient platform, string division, CallOptions caller) =>
        (await platform.GetFiguresAsync(new() { DivisionCode = division, Populations = { "onFile" }, Dimensions = { "total" } }, caller)).Division.Figures.SingleOrDefault()?.Value ?? 0;

    private static async Task<StatusCode> StatusAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
