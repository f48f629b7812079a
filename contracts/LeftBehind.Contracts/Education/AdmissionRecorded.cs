namespace LeftBehind.Contracts.Education;

/// <summary>
/// A school refused to admit a child (拒收), or that was settled; carries the whole state after it. Subjects of the fact: the refusal, and the child's file where it is known, else the
/// pupil. Told by EducationAttendance.
/// </summary>
/// <param name="RefusalId">The refusal: one stream for each child, school and day.</param>
/// <param name="ChildId">The child's file; null where only a pupil without one is known.</param>
/// <param name="PupilId">The pupil on the roll; null where it is on none.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("admission_recorded")]
public sealed record AdmissionRecorded(Guid RefusalId, Guid? ChildId, Guid? PupilId, AdmissionChange Change, AdmissionFacts After);

/// <summary>What happened to an admission.</summary>
public enum AdmissionChange { Refused, Settled }

/// <summary>The facts of a refused admission. No personal data, and not who told of it.</summary>
/// <param name="School">Village or community in which the refusing school stands; where it is counted.</param>
/// <param name="State">Whether it is settled.</param>
/// <param name="Reason">What the school gave as its reason.</param>
/// <param name="RefusedOn">The day of the refusal, Asia/Shanghai.</param>
/// <param name="SettledOn">The day on which it was settled; null while it is open.</param>
/// <param name="Outcome">How; null while it is open.</param>
public sealed record AdmissionFacts(
    DivisionId School, AdmissionState State, RefusalReason Reason, DateOnly RefusedOn, DateOnly? SettledOn = null, AdmissionOutcome? Outcome = null);

/// <summary>Whether a refusal is settled. The numbers are stored.</summary>
public enum AdmissionState : short { Open = 1, Settled = 2 }

/// <summary>
/// Why a school said it would not admit a child. None of them lets it refuse one of its own area: 义务教育法 §11 (school age), §12 (免试、就近入学), §57 (disabled children who
/// can follow are admitted); policy: 不因监护权转移或随父母迁入而被学校拒之门外. The list is a platform default; the numbers are stored.
/// </summary>
public enum RefusalReason : short
{
    /// <summary>没有说明理由.</summary>
    NotStated = 1,

    /// <summary>学位已满.</summary>
    NoPlaces = 2,

    /// <summary>户籍或者居住地不在学区.</summary>
    OutOfArea = 3,

    /// <summary>随父母迁入.</summary>
    MovedWithParents = 4,

    /// <summary>监护权转移.</summary>
    GuardianshipTransferred = 5,

    /// <summary>材料不全.</summary>
    PapersMissing = 6,

    /// <summary>残疾.</summary>
    Disability = 7,

    /// <summary>疾病.</summary>
    Illness = 8,

    /// <summary>考试、面试未通过.</summary>
    Tested = 9,

    /// <summary>费用未缴.</summary>
    FeesUnpaid = 10,

    /// <summary>行为表现、曾受处分.</summary>
    Conduct = 11,

    /// <summary>Any other.</summary>
    Other = 12,
}

/// <summary>How a refusal was settled. The numbers are stored.</summary>
public enum AdmissionOutcome : short
{
    /// <summary>The school that refused admits the child.</summary>
    AdmittedThere = 1,

    /// <summary>Another school does.</summary>
    AdmittedElsewhere = 2,

    /// <summary>Taught at home (送教上门).</summary>
    TaughtAtHome = 3,

    /// <summary>Found to be no refusal (查无拒收); it counts no more.</summary>
    NoRefusal = 4,
}
