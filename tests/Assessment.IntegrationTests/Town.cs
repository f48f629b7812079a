using System.Text.Json;
using Grpc.Core;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Instruments;
using LeftBehind.Assessment.Plans;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>What a town does with assessments, and what others tell it.</summary>
internal static class Town
{
    public const string Village = "431003101218", Code = "431003101", County = "431003";

    public static V1.OpenAssessmentRequest Opening(Guid child, string urgency = "Ordinary") => new()
    { RequestId = Guid.NewGuid().ToString(), ChildId = child.ToString(), DivisionCode = Village, Trigger = V1.AssessmentTrigger.Transfer, Urgency = urgency };

    public static V1.RecordFieldworkRequest Fieldwork(V1.AssessmentRecord of) => new()
    { AssessmentId = of.AssessmentId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = of.Version, Participants = { V1.Participant.School, V1.Participant.VillageCommittee } };

    public static V1.DraftAssessmentRequest Draft(V1.AssessmentRecord of, params (string Item, int Points)[] told) => new()
    {
        AssessmentId = of.AssessmentId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = of.Version, Risk = Best(ShippedInstruments.Risk, told), Grade = Best(ShippedInstruments.Grade),
    };

    public static V1.ReviewAssessmentRequest Review(V1.AssessmentRecord of) => new()
    {
        AssessmentId = of.AssessmentId, RequestId = Guid.NewGuid().ToString(), ExpectedVersion = of.Version,
        Participants = { V1.Participant.CountyCivilAffairs, V1.Participant.Police },
    };

    public static V1.FinaliseAssessmentRequest Finalise(V1.AssessmentRecord of, V1.RiskLevel risk = V1.RiskLevel.Low) => new()
    {
        AssessmentId = of.AssessmentId, Grade = V1.GuardianshipGrade.Fair, Risk = risk, ExpectedVersion = of.Version,
        Services = { risk is V1.RiskLevel.High ? [V1.AssistanceService.GuardianshipGuidance, V1.AssistanceService.SocialAssistance] : Array.Empty<V1.AssistanceService>() },
    };

    /// <summary>From its opening to the end.</summary>
    public static async Task<V1.AssessmentRecord> AssessedAsync(this RunningAssessment running, Guid child, V1.RiskLevel risk = V1.RiskLevel.Low)
    {
        var (client, town) = (running.Client, running.AsOfficer(Code));
        await running.LivesAsync(child);
        var of = await client.OpenAssessmentAsync(Opening(child), town);
        of = await client.RecordFieldworkAsync(Fieldwork(of), town);
        of = await client.DraftAssessmentAsync(Draft(of), town);
        of = await client.ReviewAssessmentAsync(Review(of), town);
        return await client.FinaliseAssessmentAsync(Finalise(of, risk), town);
    }

    /// <summary>Registry tells where children live.</summary>
    public static Task LivesAsync(this RunningAssessment running, Guid child, string village = Village, FileState state = FileState.Open, long version = 1) => running.TellAsync(Lives(child, village, state, version));

    /// <summary>A fact of Registry of where a child lives.</summary>
    public static PagedEvent Lives(Guid child, string village = Village, FileState state = FileState.Open, long version = 1)
    {
        var facts = new ChildFacts(state, DivisionId.Parse(village + "@2023"), null, Sex.NotCollected, ChildCategory.None, null, CarerKind.NotCollected, false);
        return Told(new ChildRecorded(child, ChildChange.Moved, facts), child, "child_recorded", TimeProvider.System.GetUtcNow(), version);
    }

    /// <summary>What Registry tells of children, as its lane hands it on.</summary>
    public static Task TellAsync(this RunningAssessment running, params PagedEvent[] facts) => running.Service<EventStore>().RunAsync(work =>
        new FollowChildren(running.Service<WriteAssessments>(), running.Service<WritePlans>(), running.Service<DivisionTree>()).HandleAsync(work, facts, default), default);

    /// <summary>Those that are open for a child.</summary>
    public static async Task<List<V1.OpenAssessment>> OpenOfAsync(this RunningAssessment running, Guid child) =>
        [.. (await running.Client.ListOpenAssessmentsAsync(new() { DivisionCode = County, PageSize = 200 }, running.AsOfficer(County))).Assessments.Where(a => a.ChildId == child.ToString())];

    public static async Task RefusedAsync<T>(StatusCode expected, AsyncUnaryCall<T> call) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);

    /// <summary>A fact as another service tells it.</summary>
    public static PagedEvent Told(object fact, Guid subject, string type, DateTimeOffset at, long version = 1, long sequence = 1) => new(
        sequence, Guid.NewGuid(), Guid.NewGuid(), version, subject, type, at, DateOnly.FromDateTime(at.UtcDateTime), null, null,
        JsonSerializer.Serialize(fact, fact.GetType(), EventTypes.Json));

    /// <summary>The best answers, but for those that are told.</summary>
    private static V1.InstrumentAnswers Best(string code, params (string Item, int Points)[] told)
    {
        var answers = new V1.InstrumentAnswers();
        foreach (var item in ShippedInstruments.All[code].Items)
            answers.Answers[item.Code] = item.Orientation is Orientation.MoreIsWorse ? 0 : item.Most;
        foreach (var (item, points) in told)
            answers.Answers[item] = points;
        return answers;
    }
}
