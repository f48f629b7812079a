using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Guardianship.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;
using Assessments = LeftBehind.Protos.Assessment.V1;
using Conduct = LeftBehind.Protos.Guardianship.V1.Conduct;

namespace LeftBehind.EndToEndTests;

/// <summary>A service of the chain is killed while reports run through it and started again: every chain ends the same, and nothing is there twice.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ChainKillTests(SharedInstallation shared)
{
    private const string County = "431302";
    private const string At = "2026-03-01T08:00:00+08:00";
    private const string Told = "assessment_opened,case_opened,child_recorded,harm_reported,response_opened,step_recorded,town_notified";
    private const int Chains = 40;

    private static readonly string Village = SharedInstallation.FirstVillage(County);

    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private static int drawn;
    private int ended;

    private RunningInstallation Running => shared.Running;

    [Theory]
    [InlineData("Reporting")]
    [InlineData("Assessment")]
    [InlineData("GuardianshipIntervention")]
    public async Task Every_chain_from_report_to_assessment_ends_the_same_when_this_is_killed(string victim)
    {
        var onFile = await OnFileAsync(Chains + 1);
        var (children, after) = (onFile[..Chains], onFile[Chains]);
        var (running, killed) = (RunAsync(children), KillAsync(victim));
        await Task.WhenAll(running, killed);

        Assert.True(await killed < Chains, "Every chain had ended before the kill.");
        await EachIsToldOnceAsync(children);
        await RunAsync(children);
        // What a repeat had told again would have come before what is told of a child after it.
        await RunAsync([after]);
        await EachIsToldOnceAsync([.. children, after]);
        var open = await new Assessments.Assessment.AssessmentClient(Running.Channel("Assessment"))
            .ListOpenAssessmentsAsync(new() { DivisionCode = Village, PageSize = 200 }, Running.Bureau(County, ct));
        Assert.Equal(children.Append(after).Order(), open.Assessments.Select(a => Guid.Parse(a.ChildId)).Where(c => c == after || children.Contains(c)).Order());
    }

    /// <summary>Children that Registry has files of, as the service of cases has heard by now. No two may be taken for one, or share a household and so a case.</summary>
    private async Task<Guid[]> OnFileAsync(int count)
    {
        var (run, registry) = (Guid.NewGuid().ToString("N")[..8], new Registry.RegistryClient(Running.Channel("Registry")));
        using var push = registry.PushHouseholds(Running.As(Department.Partner, Role.Partner, County, "chain", ct));
        HouseholdRow Row(string id, int sequence) => new() { SourceEventId = $"{run}-{id}", SourceSequence = sequence, OccurredAt = At };
        var batch = new HouseholdBatch { BatchId = run };
        foreach (var number in Enumerable.Range(1, count))
        {
            var household = Row($"h{number}", 2 * number - 1);
            household.Household = new() { HouseholdNo = $"{run}-{number}", ResidenceCode = Village, Residency = Residency.Rural };
            batch.Rows.Add(household);
            var (member, person) = (Row($"c{number}", 2 * number), Interlocked.Increment(ref drawn));
            member.Member = new()
            {
                HouseholdNo = $"{run}-{number}", PersonNo = $"{run}-{number}", Relation = Relation.Child,
                Name = $"{(char)('一' + 97 * person)}{(char)('丁' + 53 * person)}", BirthDate = $"{new DateOnly(2012, 1, 1).AddDays(31 * person):yyyy-MM-dd}",
            };
            batch.Rows.Add(member);
        }
        await push.RequestStream.WriteAsync(batch, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        var children = push.ResponseStream.Current.Rows.Where((_, i) => i % 2 == 1).Select(r => Guid.Parse(r.SubjectId)).ToArray();
        await using var cases = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Running.Services.StoreOf("GuardianshipIntervention")) { Pooling = false });
        await using var known = cases.CreateCommand("select count(*)::int from guardianship.child_place where child = any($1)");
        known.Parameters.Add(new() { Value = children });
        await Eventually.IsAsync(async () => (int)(await known.ExecuteScalarAsync(ct))!, n => n == count, ct);
        return children;
    }

    /// <summary>Kills it when a third of the chains have ended, and starts it again; answers how many had.</summary>
    private async Task<int> KillAsync(string victim)
    {
        await Eventually.IsAsync(() => Task.FromResult(Volatile.Read(ref ended)), count => count >= Chains / 3, ct);
        var kill = Running.Services[victim].KillAsync();
        var before = Volatile.Read(ref ended);
        await kill;
        await Running.Services[victim].StartAsync(ct);
        return before;
    }

    private Task RunAsync(Guid[] children) =>
        Parallel.ForEachAsync(children, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (child, _) =>
        {
            var reporting = new Reporting.ReportingClient(Running.Channel("Reporting"));
            var (bureau, police) = (Running.Bureau(County, ct), Running.As(Department.Police, Role.Officer, County, ct: ct));
            var report = await AnsweredAsync(() => reporting.ReportHarmAsync(new()
            {
                RequestId = $"{child}", ChildId = $"{child}", ReporterKind = ReporterKind.VillageCommittee, Situation = Situation.OtherHarm,
                DivisionCode = Village, Description = "听到哭声", DiscoveredAt = At,
            }, bureau));
            var response = await AnsweredAsync(() => reporting.ReferToPoliceAsync(new() { ReportId = report.ReportId, At = At }, police));
            await AnsweredAsync(() => reporting.NotifyTownAsync(new() { ResponseId = response.ResponseId, At = At }, police));
            await AnsweredAsync(() => new GuardianshipIntervention.GuardianshipInterventionClient(Running.Channel("GuardianshipIntervention")).RecordConductAsync(new()
            {
                RequestId = $"{child}", ChildId = $"{child}", Respondent = Respondent.Father, Conduct = Conduct.LeftUnattended, Act = InterventionAct.Admonition,
                Organ = "娄星公安分局", DocumentNo = "1", OccurredAt = At,
            }, bureau));
            Interlocked.Increment(ref ended);
        });

    /// <summary>Calls again what a killed service did not answer, and what came too fast; every call here may be repeated.</summary>
    private async Task<T> AnsweredAsync<T>(Func<AsyncUnaryCall<T>> call) where T : class => (await Eventually.IsAsync(async () =>
    {
        try
        {
            return await call();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.ResourceExhausted or StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled)
        {
            return null;
        }
    }, answer => answer is not null, ct))!;

    /// <summary>Platform's log has each fact about each child once.</summary>
    private async Task EachIsToldOnceAsync(Guid[] children)
    {
        await using var platform = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Running.Services.StoreOf("Platform")) { Pooling = false });
        var told = await Eventually.IsAsync(TellAsync, t => t.Count == children.Length && t.Values.All(facts => facts.Length >= Told.Length), ct);
        Assert.All(told.Values, facts => Assert.Equal(Told, facts));

        async Task<Dictionary<Guid, string>> TellAsync()
        {
            await using var command = platform.CreateCommand(
                "select stream_id, string_agg(type, ',' order by type) from platform.mt_events where stream_id = any($1) group by stream_id");
            command.Parameters.Add(new() { Value = children });
            var facts = new Dictionary<Guid, string>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                facts.Add(reader.GetGuid(0), reader.GetString(1));
            return facts;
        }
    }
}
