using System.Collections.Immutable;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Assessment.Instruments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using AssessmentOpened = LeftBehind.Assessment.Assessments.AssessmentOpened;

namespace LeftBehind.Assessment.Tests;

/// <summary>Assessments as stories tell them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly AssessedChild Child = new(new("00000000-0000-4000-8000-0000000000c1"), DivisionId.Parse("431003101218@2023"));

    public static readonly AssessmentFile Open = new AssessmentFile(Guid.NewGuid()).After(new AssessmentOpened(Child, Guid.NewGuid(), Urgency.High, Now, Now.AddDays(3)));

    public static readonly AssessmentFile Visited = After(Open, RecordFieldwork.Decide(new([Participant.VillageCommittee, Participant.School], "assessor", Ask()), Open, Now));

    public static readonly AssessmentFile Drafted = Draft(Visited, Scored("Medium"), Scored("Fair"));

    public static readonly AssessmentFile Reviewed = Review(Drafted);

    public static readonly FinaliseAssessment Finalise = new(GuardianshipGrade.Poor, RiskLevel.High, [], [AssistanceService.PsychologicalCounselling], "assessor");

    public static Asked Ask(Guid? request = null, string digest = "d") => new(request ?? Guid.NewGuid(), digest);

    public static Scored Scored(string outcome, string? floor = null) => new(
        "an-instrument", 1, ImmutableSortedDictionary<string, int>.Empty, 40, floor is null ? [] : ["an-item"], outcome, floor ?? (outcome is "Low" or "Medium" or "High" ? "Low" : "Good"));

    public static AssessmentFile Draft(AssessmentFile file, Scored risk, Scored grade) => After(file, DraftAssessment.Decide(new(risk, grade, "assessor", Ask()), file, Now));

    public static AssessmentFile Review(AssessmentFile file) => After(file, ReviewAssessment.Decide(new(ReviewAssessment.Together, "assessor", Ask()), file, Now));

    public static AssessmentFile After(AssessmentFile file, IEnumerable<object> events) => events.Aggregate(file, (f, e) => f.After(e));
}
