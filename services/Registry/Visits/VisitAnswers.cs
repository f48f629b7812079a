using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>A child's visits as they are answered: reasons of the key list as far as the caller may read, notes as far as keys are given.</summary>
internal static class VisitAnswers
{
    public static V1.ChildVisits Of(Guid child, ChildVisits visits, Caller caller, IReadOnlyDictionary<Guid, PersonKey> keys) => new()
    {
        ChildId = child.ToString(), Cadence = (V1.Cadence)(visits.Plan?.Cadence ?? Cadence.None), NextDueAt = Requests.Written(visits.Duty?.DueAt),
        Overdue = visits.Overdue, VerifiedByVisit = visits.Facts.VerifiedByVisit, Version = visits.Version,
        KeyList = { visits.KeyList.Where(k => caller.Reads(GroupOf(k.Reason))).Select(k => new V1.KeyListing { Reason = Word(k.Reason), Source = k.Source }) },
        Visits = { visits.Visits.OrderByDescending(v => v.VisitedAt).Select(v => Of(v, keys)) },
        Situations = { visits.Situations.OrderByDescending(s => s.Reported.ReportedAt).Select(Of) },
    };

    /// <summary>The reasons that a caller may read.</summary>
    public static IEnumerable<V1.KeyListReason> Shown(KeyListReasons reasons, Caller caller) =>
        from reason in Enum.GetValues<KeyListReasons>()
        where reason is not KeyListReasons.None && reasons.HasFlag(reason) && caller.Reads(GroupOf(reason))
        select Word(reason);

    /// <summary>A text sealed under a key that was given; empty without one, and after erasure.</summary>
    public static string Unsealed(Sealed? text, IReadOnlyDictionary<Guid, PersonKey> keys) =>
        text is { } value && keys.TryGetValue(value.KeyId, out var key) && key.TryUnsealJson<string>(value, out var read) ? read : "";

    /// <summary>Which row of the access table a reason tells of.</summary>
    private static FieldGroup GroupOf(KeyListReasons reason) => reason switch
    {
        KeyListReasons.DroppedOut => FieldGroup.Schooling,
        KeyListReasons.HighRisk => FieldGroup.AssessmentPlan,
        _ => FieldGroup.HealthAid,
    };

    private static V1.KeyListReason Word(KeyListReasons reason) => Enum.Parse<V1.KeyListReason>(reason.ToString());

    private static V1.Visit Of(Visit visit, IReadOnlyDictionary<Guid, PersonKey> keys) => new()
    {
        VisitId = visit.Id.ToString(), VisitedAt = Requests.Written(visit.VisitedAt), SignedBy = visit.By, Content = Of(visit.Content, keys),
        Before = { visit.Before.Select(c => Of(c, keys)) },
    };

    private static V1.VisitContent Of(VisitContent content, IReadOnlyDictionary<Guid, PersonKey> keys) =>
        new() { Findings = { content.Findings.Select(f => (V1.VisitFinding)f) }, VerifiesIdentity = content.VerifiesIdentity, Note = Unsealed(content.Note, keys) };

    private static V1.AbnormalSituation Of(Situation situation) => new()
    {
        SituationId = situation.Reported.SituationId.ToString(), VisitId = situation.Reported.VisitId.ToString(),
        Findings = { situation.Reported.Findings.Select(f => (V1.VisitFinding)f) }, ReportedAt = Requests.Written(situation.Reported.ReportedAt),
        AcknowledgedAt = Requests.Written(situation.Acknowledged?.At), AcknowledgedBy = situation.Acknowledged?.By ?? "",
    };
}
