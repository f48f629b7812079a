using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Residences;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// An officer opens an assessment: on a transfer, a screening, or a material change. What others tell opens one by policy. Whoever names a child that is
/// not on file, or of another division, is answered as if there were none; so does a child of whom Registry has not told yet, and is asked for again.
/// </summary>
public sealed class OpenOnRequest(EventStore store, WriteAssessments write, AssessmentAnswer answers, WorkCalendar calendar, DivisionTree tree, TimeProvider clock)
{
    private static readonly AssessmentTrigger[] ByOfficers = [AssessmentTrigger.Transfer, AssessmentTrigger.Screening, AssessmentTrigger.MaterialChange];

    public Task<V1.AssessmentRecord> AnswerAsync(V1.OpenAssessmentRequest request, ServerCallContext context)
    {
        var (caller, now, ct, asked) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken, Asked.Of(request.RequestId, request));
        var place = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village, DivisionLevel.Town);
        var (trigger, urgency) = (Requests.Word<AssessmentTrigger>(request.Trigger, "trigger"), UrgencyOf(request.Urgency));
        if (!ByOfficers.Contains(trigger))
            throw Requests.Invalid($"trigger: {string.Join(", ", ByOfficers)}; the others open by themselves");
        var opening = new AssessmentOpened(new(Requests.Id(request.ChildId, "child_id"), place), null, urgency, now, AssessmentDuty.DueAt(urgency, now, calendar),
            Trigger: trigger, Asked: asked);
        context.Require(place);
        var id = CallMeta.StreamOf(AssessmentFile.StreamType, caller.Subject, asked.Request);
        return store.RunAsync(async work =>
        {
            var file = (await work.LoadAsync<AssessmentFile>([id], ct))[id];
            var child = await ChildPlaces.OfAsync(work, opening.Of.Child!.Value, ct);
            context.Require(child?.Village);
            if (!file.Exists)
                Refuse(child!, place);
            return answers.Of(asked.IsDone(file.Done) ? file : await write.OpenAsync(work, id, opening, context.Meta(now), ct));
        }, ct);
    }

    private void Refuse(ChildPlace child, DivisionId asked)
    {
        if (child.IsNobodys)
            throw new RejectedException("The file was entered in error or merged into another; nothing is opened on it.");
        if (!tree.IsWithin(child.Village, asked))
            throw Requests.Invalid("division_code: the child does not live there");
    }

    private static Urgency UrgencyOf(string word) =>
        Enum.GetNames<Urgency>().Contains(word, StringComparer.Ordinal) ? Enum.Parse<Urgency>(word) : throw Requests.Invalid("urgency: Ordinary, High or Emergency");
}
