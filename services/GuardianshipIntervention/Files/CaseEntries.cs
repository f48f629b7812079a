using LeftBehind.Calls;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Files;

/// <summary>What happened in a case, each with its document, in the order in which it happened. Pure.</summary>
internal static class CaseEntries
{
    public static IEnumerable<V1.CaseEntry> Of(InterventionCase of, Func<Evidence, string> describe) =>
        of.Steps.Select(s => Entry(s.OccurredAt, $"{s.Act}: {s.Conduct}", s.Organ, s.DocumentNo))
            .Concat(of.Evidence.Select(e => Entry(e.OccurredAt, $"Evidence, {e.Kind}: {e.Limb}{(e.Disputed ? ", disputed" : "")}", e.Organ, e.DocumentNo, describe(e))))
            .Concat(of.Acts.Select(a => Entry(a.OccurredAt, WhatOf(a), a.Organ, a.DocumentNo)))
            .OrderBy(e => e.At).Select(e => e.Entry);

    private static string WhatOf(CourtRecord act) => act switch
    {
        { Act: CourtAct.PetitionFiled } => $"{act.Act} by {act.Petitioner}: {act.Pleaded}",
        { Guardian: { } guardian } => $"{act.Act}: guardian {guardian}",
        { Until: { } until } => $"{act.Act} until {until:yyyy-MM-dd}",
        { Urgent: true } => $"{act.Act}, urgent",
        _ => act.Act.ToString(),
    };

    private static (DateTimeOffset At, V1.CaseEntry Entry) Entry(DateTimeOffset at, string what, string organ, string documentNo, string description = "") =>
        (at, new() { OccurredAt = Requests.Written(at), What = what, Organ = organ, DocumentNo = documentNo, Description = description });
}
