using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Tests;

/// <summary>A case as it is told step by step; what is refused throws.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 9, 0, 0, TimeSpan.FromHours(8));
    private int documents;

    public Story(Respondent respondent = Respondent.Father, Conduct conduct = Conduct.LeftUnattended, InterventionAct act = InterventionAct.CriminalFiling) =>
        Step(conduct, act, Now.AddYears(-1), respondent: respondent);

    public InterventionCase Case { get; private set; } = new(Guid.NewGuid());

    public Story Step(
        Conduct conduct, InterventionAct act, DateTimeOffset at, OrganKind? organ = OrganKind.Police, Respondent respondent = Respondent.Father, string? document = null) =>
        Take(RecordConduct.Decide(new(new(Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), respondent),
            new(Guid.NewGuid(), conduct, act, "公安分局", document ?? $"{++documents}号", at, organ), FileState.Open), Case, Now));

    public Story Evidence(Limb limb, DateTimeOffset? at = null) => Take(RecordEvidence.Decide(new(Item(limb, at ?? Now.AddDays(-20))), Case, Now));

    public Story Act(CourtAct act, DateTimeOffset? at = null, Func<CourtRecord, CourtRecord>? with = null) => Take(RecordCourtAct.Decide(new(Record(act, at, with)), Case, Now));

    public Story Take(IEnumerable<CaseEvent> events)
    {
        foreach (var @event in events.ToList())
            Case = Case.After(CaseEvent.On(Case, @event, Now));
        return this;
    }

    public string Refused(CourtAct act, DateTimeOffset? at = null, Func<CourtRecord, CourtRecord>? with = null) =>
        Xunit.Assert.Throws<RejectedException>(() => Act(act, at, with)).Message;

    public Evidence Item(Limb limb, DateTimeOffset at) => new(Guid.NewGuid(), limb, EvidenceKind.Document, "派出所", $"{++documents}号", at, null);

    /// <summary>An act with all that the law asks of it.</summary>
    public CourtRecord Record(CourtAct act, DateTimeOffset? at = null, Func<CourtRecord, CourtRecord>? with = null)
    {
        var time = at ?? Now.AddDays(-10);
        var record = new CourtRecord(Guid.NewGuid(), act, "苏仙区人民法院", $"{++documents}号", time)
        {
            Until = act is CourtAct.OrderGranted ? DateOnly.FromDateTime(time.AddDays(60).DateTime) : act is CourtAct.OrderExtended or CourtAct.PetitionExtended ? DateOnly.FromDateTime(time.AddDays(90).DateTime) : null,
            Petitioner = act is CourtAct.PetitionFiled ? Petitioner.CivilAffairs : null,
            Pleaded = act is CourtAct.PetitionFiled ? PetitionGrounds.G1 : PetitionGrounds.None,
            Guardian = act is CourtAct.GuardianshipRevoked ? GuardianKind.VillageOrCivilAffairs : null,
        };
        return with is null ? record : with(record);
    }

    /// <summary>With the first ground wholly shown.</summary>
    public Story Harmed() => Evidence(Limb.HarmInflicted).Evidence(Limb.SevereHarm);

    public LimbFinding Find(Limb limb, DateTimeOffset? asOf = null) => Grounds.Of(Case, asOf ?? Now).SelectMany(g => g.Limbs).Single(l => l.Limb == limb);

    public GroundFinding Ground(PetitionGrounds ground, DateTimeOffset? asOf = null) => Grounds.Of(Case, asOf ?? Now).Single(g => g.Ground == ground);
}
