using Grpc.Core;
using LeftBehind.Assessment.Rescoring;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using static LeftBehind.Assessment.IntegrationTests.Town;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>The life of an assessment, asked twice, out of order, on a version that is gone; and what opens one by itself.</summary>
public sealed class AssessmentsTests(RunningAssessment assessment)
{
    private static readonly DateTimeOffset NextHalf = new(2027, 1, 10, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_assessment_is_opened_looked_into_drafted_reviewed_and_finalised_each_once()
    {
        var (client, town, child) = (assessment.Client, assessment.AsOfficer(Code), Guid.NewGuid());
        await assessment.LivesAsync(child);
        var opening = Opening(child, "High");
        var of = await TwiceAsync(() => client.OpenAssessmentAsync(opening, town));
        Assert.Equal((V1.AssessmentState.Opened, V1.AssessmentTrigger.Transfer, 1), (of.State, of.Trigger, of.Version));
        await RefusedAsync(StatusCode.FailedPrecondition, client.OpenAssessmentAsync(new(opening) { Urgency = "Ordinary" }, town));

        await RefusedAsync(StatusCode.FailedPrecondition, client.DraftAssessmentAsync(Draft(of), town));
        var fieldwork = Fieldwork(of);
        of = await TwiceAsync(() => client.RecordFieldworkAsync(fieldwork, town));
        await RefusedAsync(StatusCode.Aborted, client.DraftAssessmentAsync(new(Draft(of)) { ExpectedVersion = 1 }, town));
        var draft = Draft(of, ("exploited", 1));
        of = await TwiceAsync(() => client.DraftAssessmentAsync(draft, town));
        Assert.Equal(("High", "High", "Good"), (of.ScoredRisk.Outcome, of.ScoredRisk.Floor, of.ScoredGrade.Outcome));
        // The same request again, though the version has moved on; another content of it is refused.
        Assert.Equal(of, await client.RecordFieldworkAsync(fieldwork, town));
        await RefusedAsync(StatusCode.Aborted, client.RecordFieldworkAsync(new(fieldwork) { Participants = { V1.Participant.Relatives } }, town));

        await RefusedAsync(StatusCode.FailedPrecondition, client.ReviewAssessmentAsync(Review(of).Without(V1.Participant.Police), town));
        await RefusedAsync(StatusCode.FailedPrecondition, client.FinaliseAssessmentAsync(Finalise(of, V1.RiskLevel.High), town));
        of = await client.ReviewAssessmentAsync(Review(of), town);
        await RefusedAsync(StatusCode.FailedPrecondition, client.FinaliseAssessmentAsync(Finalise(of, V1.RiskLevel.Medium), town));
        await RefusedAsync(StatusCode.Aborted, client.FinaliseAssessmentAsync(new(Finalise(of, V1.RiskLevel.High)) { ExpectedVersion = 2 }, town));
        var finalise = Finalise(of, V1.RiskLevel.High);
        of = await TwiceAsync(() => client.FinaliseAssessmentAsync(finalise, town));
        Assert.Equal((V1.AssessmentState.Finalised, V1.RiskLevel.High), (of.State, of.Risk));
        Assert.Equal([V1.Participant.CountyCivilAffairs, V1.Participant.Police, V1.Participant.VillageCommittee, V1.Participant.School], of.Participants);
        Assert.Empty(await assessment.OpenOfAsync(child));
        Assert.Equal(["0"], await assessment.ColumnAsync("select count(*)::text from assessment.obligation_due where subject = $1 and kind = 'assessment.finalise'", Guid.Parse(of.AssessmentId)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_invalid_argument_by_field()
    {
        var (client, town) = (assessment.Client, assessment.AsOfficer(Code));
        var child = Guid.NewGuid();
        await assessment.LivesAsync(child);
        var of = await client.OpenAssessmentAsync(Opening(child), town);
        of = await client.RecordFieldworkAsync(Fieldwork(of), town);
        foreach (var (request, field) in new (V1.DraftAssessmentRequest, string)[]
        {
            (new(Draft(of)) { Risk = null }, "risk: is required"),
            (new(Draft(of, ("violence", 7))), "risk.answers.violence: 0 to 3"),
            (new(Draft(of)) { RequestId = "x" }, "request_id: not a UUID"),
            (new(Draft(of)) { Grade = new() { Instrument = ShippedRisk } }, "grade.instrument: no published version of an instrument of Grade"),
            (new(Draft(of)) { ExpectedVersion = 0 }, "expected_version: at least 1"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.DraftAssessmentAsync(request, town));
            Assert.Equal((StatusCode.InvalidArgument, field), (refused.StatusCode, refused.Status.Detail));
        }
        await RefusedAsync(StatusCode.InvalidArgument, client.OpenAssessmentAsync(new(Opening(Guid.NewGuid())) { Trigger = V1.AssessmentTrigger.HalfYearly }, town));
        await RefusedAsync(StatusCode.InvalidArgument, client.OpenAssessmentAsync(Opening(Guid.NewGuid(), "Soon"), town));
        await RefusedAsync(StatusCode.NotFound, client.OpenAssessmentAsync(Opening(Guid.NewGuid()), assessment.AsOfficer("431002")));
    }

    [Fact]
    public async Task A_new_version_of_an_instrument_changes_nothing_that_was_assessed()
    {
        var of = await assessment.AssessedAsync(Guid.NewGuid());
        var shipped = await assessment.Instruments.GetInstrumentAsync(new() { Code = ShippedRisk }, assessment.AsOfficer("43"));
        await assessment.Instruments.PublishInstrumentAsync(new()
        {
            Code = shipped.Code, Kind = shipped.Kind, Title = $"另一版 {Guid.NewGuid():N}", Basis = shipped.Basis, Domains = { shipped.Domains }, Items = { shipped.Items },
            CutOffs = { shipped.CutOffs }, Triggers = { shipped.Triggers }, ExpectedVersion = shipped.Version,
        }, assessment.AsOfficer("43"));
        Assert.Equal(of, await assessment.Client.GetAssessmentAsync(new() { AssessmentId = of.AssessmentId }, assessment.AsOfficer(Code)));
        Assert.True((await assessment.Client.GetAssessmentAsync(new() { AssessmentId = (await assessment.AssessedAsync(Guid.NewGuid())).AssessmentId }, assessment.AsOfficer(Code))).ScoredRisk.Version
            > of.ScoredRisk.Version);
    }

    [Fact]
    public async Task The_half_year_scores_each_assessed_child_anew_once_however_many_replicas_look()
    {
        var (child, closed) = (Guid.NewGuid(), Guid.NewGuid());
        await assessment.AssessedAsync(child);
        await assessment.AssessedAsync(closed);
        await assessment.LivesAsync(closed, state: FileState.MovedAway, version: 3);
        var rescore = assessment.Service<RescoreChildren>();
        await rescore.SweepAsync(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Empty(await assessment.OpenOfAsync(child));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => rescore.SweepAsync(NextHalf, TestContext.Current.CancellationToken)));
        await rescore.SweepAsync(NextHalf.AddDays(30), TestContext.Current.CancellationToken);
        var open = Assert.Single(await assessment.OpenOfAsync(child));
        Assert.Equal((V1.AssessmentTrigger.HalfYearly, "Ordinary"), (open.Trigger, open.Urgency));
        Assert.Empty(await assessment.OpenOfAsync(closed));
        // Who is being assessed is not opened twice in the next half-year.
        await rescore.SweepAsync(NextHalf.AddMonths(6), TestContext.Current.CancellationToken);
        Assert.Single(await assessment.OpenOfAsync(child));

        // What has a cause of its own takes its place.
        var caused = await assessment.Client.OpenAssessmentAsync(Opening(child, "High"), assessment.AsOfficer(Code));
        Assert.Equal(caused.AssessmentId, Assert.Single(await assessment.OpenOfAsync(child)).AssessmentId);
        var superseded = await assessment.Client.GetAssessmentAsync(new() { AssessmentId = open.AssessmentId }, assessment.AsOfficer(Code));
        Assert.Equal((V1.AssessmentState.Superseded, caused.AssessmentId), (superseded.State, superseded.SupersededBy));
    }

    [Fact]
    public async Task The_end_of_a_placement_opens_one_assessment_in_whatever_pages_it_is_told()
    {
        var (child, placement, incarnation, at) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new DateTimeOffset(2026, 5, 8, 2, 0, 0, TimeSpan.Zero));
        PagedEvent[] Facts(PlacementState state, long sequence)
        {
            var fact = new PlacementRecorded(placement, new(Guid.NewGuid(), child, DivisionId.Parse(Village + "@2023"), PlacementGround.GuardianRefusing, PlacementPlace.Relative, state, false));
            return [Told(fact, placement, "placement_recorded", at, sequence: sequence), Told(fact, child, "placement_recorded", at, sequence: sequence)];
        }
        var (placed, ended) = (Facts(PlacementState.Placed, 1), Facts(PlacementState.Returned, 2));
        await assessment.PublishAsync(new("reporting", incarnation, 0, 1, 1, placed));
        await assessment.PublishAsync(new("reporting", incarnation, 0, 2, 1, [.. placed, .. ended]));
        await assessment.PublishAsync(new("reporting", incarnation, 1, 2, 1, ended));
        await assessment.TakenAsync("reporting", 2);
        var open = Assert.Single(await assessment.OpenOfAsync(child));
        Assert.Equal((V1.AssessmentTrigger.PlacementEnded, "High", "2026-05-11T02:00:00Z"), (open.Trigger, open.Urgency, open.DueAt));
    }

    private const string ShippedRisk = Assessment.Instruments.ShippedInstruments.Risk;

    private static async Task<V1.AssessmentRecord> TwiceAsync(Func<AsyncUnaryCall<V1.AssessmentRecord>> call)
    {
        var first = await call();
        Assert.Equal(first, await call());
        return first;
    }
}

internal static class Requests
{
    public static V1.ReviewAssessmentRequest Without(this V1.ReviewAssessmentRequest request, V1.Participant participant)
    {
        request.Participants.Remove(participant);
        return request;
    }
}
