using LeftBehind.Sealing;

namespace LeftBehind.GuardianshipIntervention.Petitions;

/// <summary>
/// The limbs of the six grounds (监护干预机制): each has to be shown. The names are stored. How often somebody was educated is counted from
/// the ladder and is no item of evidence.
/// </summary>
public enum Limb
{
    /// <summary>G1: 侵害、出卖、遗弃、虐待、暴力伤害.</summary>
    HarmInflicted,

    /// <summary>G1: 身心健康严重损害.</summary>
    SevereHarm,

    /// <summary>G2: 置于无人监管和照看状态.</summary>
    LeftUnattended,

    /// <summary>G2: 面临危险.</summary>
    DangerFaced,

    /// <summary>G2: 经教育, once at least; counted.</summary>
    Educated,

    /// <summary>G2: 不改.</summary>
    NotCorrected,

    /// <summary>G3: 拒不履行监护职责六个月以上; dated when the refusal began.</summary>
    DutyRefused,

    /// <summary>G3: 流离失所或者生活无着.</summary>
    Destitute,

    /// <summary>G4: 吸毒、赌博、长期酗酒等恶习，或者服刑等原因.</summary>
    ViceOrIncapacity,

    /// <summary>G4: 拒绝将监护职责部分或者全部委托给他人.</summary>
    DelegationRefused,

    /// <summary>G4: 致使处于困境或者危险状态.</summary>
    HardshipOrDanger,

    /// <summary>G5: 胁迫、诱骗、利用乞讨.</summary>
    ExploitedForBegging,

    /// <summary>G5: 公安机关和未成年人救助保护机构等部门三次以上批评教育; counted.</summary>
    EducatedThreeTimes,

    /// <summary>G5: 拒不改正.</summary>
    CorrectionRefused,

    /// <summary>G5: 严重影响正常生活和学习.</summary>
    LifeAndStudyAffected,

    /// <summary>G6: 教唆、利用实施违法犯罪行为.</summary>
    IncitedToOffend,

    /// <summary>G6: 情节恶劣.</summary>
    GraveCircumstances,
}

/// <summary>What an item of evidence is: the kinds of the civil procedure law (民事诉讼法 §66), here a platform default for sorting.</summary>
public enum EvidenceKind { PartyStatement, Document, PhysicalObject, AudioVisual, ElectronicData, Testimony, ExpertOpinion, InspectionRecord }

/// <summary>An item of evidence for one limb.</summary>
/// <param name="Request">The request that recorded it; its id.</param>
/// <param name="Organ">Who made it; never a person's name.</param>
/// <param name="DocumentNo">Number of its document.</param>
/// <param name="OccurredAt">When what it shows happened; of a refusal, when it began.</param>
/// <param name="Description">What it shows, sealed under a key of its own; null where nothing was told.</param>
public sealed record Evidence(Guid Request, Limb Limb, EvidenceKind Kind, string Organ, string DocumentNo, DateTimeOffset OccurredAt, Sealed? Description)
{
    /// <summary>The respondent disputes it; a court settles that, not the platform.</summary>
    public bool Disputed { get; init; }

    /// <summary>The child was erased since, and the description with it.</summary>
    public bool TextErased { get; init; }

    /// <summary>The same, apart from the seal: that differs each time.</summary>
    public bool IsSame(Evidence other) =>
        (Request, Limb, Kind, Organ, DocumentNo, OccurredAt, Description is null) ==
        (other.Request, other.Limb, other.Kind, other.Organ, other.DocumentNo, other.OccurredAt, other.Description is null);
}
