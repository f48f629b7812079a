using LeftBehind.Contracts.Guardianship;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>Who petitions for revocation; the names are stored.</summary>
public enum Petitioner
{
    /// <summary>近亲属, 其他依法具有监护资格的人.</summary>
    CloseRelative,

    /// <summary>村民委员会、居民委员会.</summary>
    VillageCommittee,

    /// <summary>学校.</summary>
    School,

    /// <summary>医疗机构.</summary>
    MedicalInstitution,

    /// <summary>妇女联合会.</summary>
    WomensFederation,

    /// <summary>残疾人联合会.</summary>
    DisabledPersonsFederation,

    /// <summary>未成年人保护组织.</summary>
    ChildProtectionOrganisation,

    /// <summary>依法设立的老年人组织.</summary>
    ElderlyOrganisation,

    /// <summary>民政部门.</summary>
    CivilAffairs,

    /// <summary>公安机关: not listed.</summary>
    Police,

    /// <summary>人民检察院: not listed.</summary>
    Procuratorate,

    /// <summary>An individual without the capacity to be guardian.</summary>
    OtherIndividual,

    /// <summary>An organisation that is not listed.</summary>
    OtherOrganisation,

    /// <summary>The respondent.</summary>
    Respondent,
}

/// <summary>The rule of a petition for revocation (申请撤销监护人资格). Pure.</summary>
public static class FilePetition
{
    /// <summary>Who may petition (民法典 §36, second paragraph; policy: 近亲属、村（居）民委员会、区级民政部门等有关人员或者单位).</summary>
    public static IReadOnlySet<Petitioner> Entitled { get; } = new HashSet<Petitioner>
    {
        Petitioner.CloseRelative, Petitioner.VillageCommittee, Petitioner.School, Petitioner.MedicalInstitution, Petitioner.WomensFederation,
        Petitioner.DisabledPersonsFederation, Petitioner.ChildProtectionOrganisation, Petitioner.ElderlyOrganisation, Petitioner.CivilAffairs,
    };

    /// <summary>Why a petition is not taken; null where it is.</summary>
    public static string? Refusal(CourtRecord record, InterventionCase of)
    {
        if (record.Petitioner is not { } petitioner || !Entitled.Contains(petitioner))
            return "The petitioner is not entitled: 其他依法具有监护资格的人、居民委员会、村民委员会、学校、医疗机构、妇女联合会、残疾人联合会、未成年人保护组织、依法设立的老年人组织、民政部门等 (民法典 §36).";
        if (record.Pleaded is PetitionGrounds.None)
            return "A petition pleads one ground at least (民法典 §36).";
        var missing = Grounds.Of(of, record.OccurredAt).Where(g => record.Pleaded.HasFlag(g.Ground) && !g.MayBePleaded)
            .Select(g => $"{g.Ground}: {string.Join(", ", g.Limbs.Where(l => l.State is LimbState.Missing).Select(l => $"{l.Limb} ({l.Counted} of {l.Needed})"))}").ToList();
        return missing.Count > 0 ? $"Of the pleaded grounds these limbs are not shown by what had happened when the petition was filed (民法典 §36; 监护干预机制): {string.Join("; ", missing)}." : null;
    }
}
