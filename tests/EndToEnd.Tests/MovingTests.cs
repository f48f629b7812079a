using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Assessment.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>A child moves to another county: told by Registry, followed by Assessment, counted by Platform where the child lives.</summary>
[Collection(InOneInstallation.Name)]
public sealed class MovingTests(SharedInstallation shared)
{
    private const string From = Counties.OfMoving, To = Counties.OfMovedTo;
    private static readonly string Here = SharedInstallation.FirstVillage(From), There = SharedInstallation.FirstVillage(To);
    private readonly RunningInstallation running = shared.Running;
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_open_for_a_child_that_moves_is_seen_owed_and_counted_where_it_lives_now()
    {
        var (assessments, town) = (new Assessment.AssessmentClient(running.Channel("Assessment")), running.Bureau(Here[..9], ct));
        var child = await PushAsync(Here, 1);
        var opened = (await Eventually.IsAsync(() => OpenAsync(assessments, child, town), found => found is not null, ct))!;
        await CountsAsync(From, assessments: 1, duties: 1);
        await CountsAsync(To, assessments: 0, duties: 0);

        await PushAsync(There, 3);
        await CountsAsync(To, assessments: 1, duties: 1);
        await CountsAsync(From, assessments: 0, duties: 0);
        Assert.Equal(There, (await assessments.GetAssessmentAsync(new() { AssessmentId = opened.AssessmentId }, running.Bureau(There[..9], ct))).DivisionCode);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await assessments.GetAssessmentAsync(new() { AssessmentId = opened.AssessmentId }, town))).StatusCode);
        var platform = new PlatformClient(running.Channel("Platform"));
        Assert.Contains((await platform.GetTimelineAsync(new() { SubjectId = child }, running.Bureau(To, ct))).Entries, e => e is { Fact: "assessment_recorded", Change: "Moved" });
        await Eventually.IsAsync(async () => await platform.ReconcileAsync(new(), running.Operations(ct)), r => r.FigureDifferences == 0 && r.Sources.All(s => s.Differences == 0), ct);
    }

    /// <summary>Null while Assessment has not heard of the child.</summary>
    private static async Task<AssessmentRecord?> OpenAsync(Assessment.AssessmentClient assessments, string child, CallOptions town)
    {
        try
        {
            return await assessments.OpenAssessmentAsync(new()
            { RequestId = $"{Guid.NewGuid()}", ChildId = child, DivisionCode = Here, Trigger = AssessmentTrigger.Screening, Urgency = "Ordinary" }, town);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Assessments that are open, and duties that are.</summary>
    private async Task CountsAsync(string county, long assessments, long duties) => await Eventually.IsAsync(async () =>
        (await new PlatformClient(running.Channel("Platform")).GetFiguresAsync(new() { DivisionCode = county, Populations = { "assessment", "obligation" }, Dimensions = { "state" } }, running.Bureau(county, ct)))
            .Division.Figures.ToDictionary(f => f.Measure, f => f.Value),
        f => (f.GetValueOrDefault("assessment.state.opened"), f.GetValueOrDefault("obligation.state.open")) == (assessments, duties), ct);

    /// <summary>The household with one child lives in a village; told again, in another.</summary>
    private async Task<string> PushAsync(string village, int sequence)
    {
        const string At = "2026-03-01T08:00:00+08:00";
        using var push = new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, From, "moving", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = $"{sequence}",
            Rows =
            {
                new HouseholdRow { SourceEventId = $"h{sequence}", SourceSequence = sequence, OccurredAt = At, Household = new() { HouseholdNo = "h", ResidenceCode = village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = $"c{sequence}", SourceSequence = sequence + 1, OccurredAt = At, Member = new() { HouseholdNo = "h", PersonNo = "c", Name = "唐小雨", BirthDate = "2016-05-01", Relation = Relation.Child } },
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        Assert.True(await push.ResponseStream.MoveNext(ct));
        return push.ResponseStream.Current.Rows[1].SubjectId;
    }
}
