using LeftBehind.Calls;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>A case as it is answered. Descriptions of evidence stay sealed.</summary>
internal static class CaseAnswer
{
    public static V1.InterventionCase Of(InterventionCase found, DivisionTree tree) => new()
    {
        CaseId = found.Id.ToString(), ChildId = found.Of!.Child.ToString(), DivisionCode = tree.Code(found.Of.Division).ToString(),
        Respondent = Word<V1.Respondent>(found.Of.Respondent),
        HighestAct = Ladder.Highest(found.Steps) is { } highest ? Word<V1.InterventionAct>(highest.Act) : default,
        Steps = { found.Steps.OrderBy(s => s.OccurredAt).Select(Of) },
        Version = found.Version, State = Word<V1.CaseState>(found.State), Order = Word<V1.OrderState>(found.Order),
        OrderValidUntil = found.Order is OrderState.Granted ? Day(found.Last(CourtAct.OrderGranted, CourtAct.OrderExtended)?.Until) : "",
        OrderUnderReview = CourtRules.ReviewPending(found),
        CourtActs = { found.Acts.OrderBy(a => a.OccurredAt).Select(Of) },
        Evidence = { found.Evidence.OrderBy(e => e.OccurredAt).Select(Of) },
        Assignees = { found.Assignees.Select(a => new V1.Assignee { Account = a.Account, Department = Word<V1.AssignedDepartment>(a.Department) }) },
        Guardian = found.Guardian is { } guardian ? Word<V1.DesignatedGuardian>(guardian) : default,
        // 民法典 §37: 被人民法院撤销监护人资格后，应当继续履行负担的义务.
        SupportDutyContinues = found.Last(CourtAct.GuardianshipRevoked) is not null,
        RestorationBarred = found.CrimeConvicted && found.Of.IsParent,
    };

    public static V1.Step Of(Step step) => new()
    {
        Conduct = Word<V1.Conduct>(step.Conduct), Act = Word<V1.InterventionAct>(step.Act), Organ = step.Organ, DocumentNo = step.DocumentNo,
        OccurredAt = Requests.Written(step.OccurredAt), OrganKind = step.OrganKind is { } kind ? Word<V1.OrganKind>(kind) : default,
    };

    public static V1.CourtActOfCase Of(CourtRecord act) => new()
    {
        Act = Word<V1.CourtAct>(act.Act), Organ = act.Organ, DocumentNo = act.DocumentNo, OccurredAt = Requests.Written(act.OccurredAt),
        Urgent = act.Urgent, Until = Day(act.Until), Petitioner = act.Petitioner is { } petitioner ? Word<V1.Petitioner>(petitioner) : default,
        Pleaded = { GroundsOf(act.Pleaded) }, Guardian = act.Guardian is { } guardian ? Word<V1.DesignatedGuardian>(guardian) : default,
    };

    public static V1.EvidenceItem Of(Evidence item) => new()
    {
        EvidenceId = item.Request.ToString(), Limb = Word<V1.Limb>(item.Limb), Kind = Word<V1.EvidenceKind>(item.Kind), Organ = item.Organ,
        DocumentNo = item.DocumentNo, OccurredAt = Requests.Written(item.OccurredAt), Disputed = item.Disputed,
    };

    public static IEnumerable<V1.PetitionGround> GroundsOf(PetitionGrounds grounds) =>
        Enum.GetValues<PetitionGrounds>().Where(g => g is not PetitionGrounds.None && grounds.HasFlag(g)).Select(g => Word<V1.PetitionGround>(g));

    /// <summary>The protocol's word of the same name.</summary>
    public static T Word<T>(Enum word) where T : struct, Enum => Enum.Parse<T>(word.ToString());

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
