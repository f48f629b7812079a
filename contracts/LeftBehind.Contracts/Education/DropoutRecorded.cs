namespace LeftBehind.Contracts.Education;

/// <summary>
/// Something happened in the dropout case of a pupil (控辍保学); carries the whole state after it. Subject of the fact: the pupil. Told by
/// EducationAttendance of pupils of compulsory school alone: whoever leaves another is not in school (不在学) and has no case.
/// </summary>
/// <param name="CaseId">The case: one stream for each pupil, whatever becomes of it.</param>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("dropout_recorded")]
public sealed record DropoutRecorded(Guid CaseId, Guid PupilId, DropoutChange Change, DropoutFacts After);

/// <summary>What happened in a dropout case; asking a guardian late, for one, leaves its step as it is.</summary>
public enum DropoutChange
{
    AbsenceDetected, Suspected, SuspicionWithdrawn, GuardianContacted, HomeVisited, Registered, PersuasionStarted, PersuasionFailed, WrittenReportFiled, TownPersuaded,
    AttendanceOrdered, LegalMeasuresTaken, Returned, Ended,
}

/// <summary>The facts of a dropout case. No personal data.</summary>
/// <param name="Step">How far it has come.</param>
/// <param name="Since">The day from which that step counts, Asia/Shanghai.</param>
/// <param name="Relapses">How often it was reopened by absence within the monitored school days after a return.</param>
/// <param name="Ended">Why it ended; null while it runs, and after a return.</param>
public sealed record DropoutFacts(DropoutStep Step, DateOnly Since, int Relapses = 0, DropoutEnd? Ended = null);

/// <summary>
/// The steps, in their order: policy 篇四 强化教育部门责任 (及时了解无故旷课情况, 辍学学生登记、劝返复学和书面报告制度), 义务教育法 §13 and §58. The numbers are stored.
/// </summary>
public enum DropoutStep : short
{
    /// <summary>Absent without excuse (无故旷课) on a school day.</summary>
    UnexcusedAbsenceDetected = 1,

    /// <summary>The school asked the guardian (联系监护人), reached or not.</summary>
    GuardianContacted = 2,

    /// <summary>The school went to the child's home (家访).</summary>
    HomeVisited = 3,

    /// <summary>Absent without excuse on three consecutive school days (疑似辍学). Platform default.</summary>
    DropoutSuspected = 4,

    /// <summary>辍学登记: by the school, or by the roll.</summary>
    DropoutRegistered = 5,

    /// <summary>劝返.</summary>
    PersuasionStarted = 6,

    /// <summary>劝返无效.</summary>
    PersuasionFailed = 7,

    /// <summary>书面报告 to the county's education and the town.</summary>
    WrittenReportFiled = 8,

    /// <summary>The town persuades (镇（街道）劝返).</summary>
    TownPersuasion = 9,

    /// <summary>限期复学 (义务教育法 §58: 责令限期改正).</summary>
    AttendanceOrdered = 10,

    /// <summary>What the law allows once the order was not followed (依法采取措施).</summary>
    LegalMeasures = 11,

    /// <summary>复学, 销号.</summary>
    Returned = 12,

    /// <summary>Ended otherwise; <see cref="DropoutFacts.Ended"/> says why.</summary>
    Ended = 13,
}

/// <summary>Why a case ended without a return that is monitored. The numbers are stored.</summary>
public enum DropoutEnd : short
{
    /// <summary>The absence was corrected or excused, and nothing had been done about it.</summary>
    NoLongerUnexcused = 1,

    /// <summary>At school again before a dropout was suspected.</summary>
    AttendedAgain = 2,

    /// <summary>Leave, deferral or teaching at home was approved (休学、缓学、送教上门).</summary>
    OnLeave = 3,

    /// <summary>Went to another school, or is on its way to one.</summary>
    Transferred = 4,

    /// <summary>毕业.</summary>
    Graduated = 5,

    /// <summary>Off the roll otherwise.</summary>
    LeftRoll = 6,

    /// <summary>In a stage that is not compulsory, as the roll tells it now.</summary>
    NotCompulsory = 7,

    /// <summary>The pupil's personal data was erased.</summary>
    Erased = 8,
}
