using LeftBehind.Assessment.Instruments;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Records who assisted the town on the spot.</summary>
public sealed record RecordFieldwork(IReadOnlyList<Participant> Participants, string By, Asked Asked)
{
    public static IEnumerable<AssessmentEvent> Decide(RecordFieldwork command, AssessmentFile file, DateTimeOffset now)
    {
        if (command.Asked.IsDone(file.Done))
            return [];
        AssessmentTransitions.Require(AssessmentAct.RecordFieldwork, file);
        return [new FieldworkRecorded(file.Of!, command.Participants, now, command.By, command.Asked)];
    }
}

/// <summary>Scores an assessment by both instruments; a draft may be made anew until it is finalised, and then is reviewed anew.</summary>
public sealed record DraftAssessment(Scored Risk, Scored Grade, string Assessor, Asked Asked)
{
    public static IEnumerable<AssessmentEvent> Decide(DraftAssessment command, AssessmentFile file, DateTimeOffset now)
    {
        if (command.Asked.IsDone(file.Done))
            return [];
        AssessmentTransitions.Require(AssessmentAct.Draft, file);
        return [new AssessmentDrafted(file.Of!, command.Risk, command.Grade, now, command.Assessor, command.Asked)];
    }
}

/// <summary>Records that the draft was gone through with county civil affairs and police, and with whom else.</summary>
public sealed record ReviewAssessment(IReadOnlyList<Participant> Participants, string By, Asked Asked)
{
    /// <summary>The town assesses together with these (policy: 会同区民政部门、公安机关).</summary>
    public static readonly Participant[] Together = [Participant.CountyCivilAffairs, Participant.Police];

    public static IEnumerable<AssessmentEvent> Decide(ReviewAssessment command, AssessmentFile file, DateTimeOffset now)
    {
        if (command.Asked.IsDone(file.Done))
            return [];
        AssessmentTransitions.Require(AssessmentAct.Review, file);
        if (Together.Except(command.Participants).ToList() is { Count: > 0 } absent)
            throw new RejectedException($"The town assesses together with county civil affairs and police; missing: {string.Join(", ", absent)}.");
        return [new AssessmentReviewed(file.Of!, command.Participants, now, command.By, command.Asked)];
    }
}

/// <summary>Another assessment of the same child takes the place of one that is not finalised.</summary>
public static class SupersedeAssessment
{
    public static IEnumerable<AssessmentEvent> Decide(AssessmentFile file, AssessmentFile by, DateTimeOffset now)
    {
        if (file.Superseded is { } before && before.By == by.Id)
            return [];
        AssessmentTransitions.Require(AssessmentAct.Supersede, file);
        if (by.Id == file.Id || !by.Exists || by.Superseded is not null)
            throw new RejectedException("What takes its place is another assessment, and not superseded itself.");
        if (by.Of!.Child is { } other && file.Of!.Child is { } child && other != child)
            throw new RejectedException("The other assessment is about another child.");
        return [new AssessmentSuperseded(file.Of!, by.Id, now)];
    }
}
