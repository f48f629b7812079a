using LeftBehind.Contracts.Registry;

namespace LeftBehind.Contracts.Education;

/// <summary>EducationAttendance's facts of a pupil changed; carries the whole group after the change.</summary>
/// <param name="PupilId">The pupil on the roll (学籍), with or without a child's file.</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">The facts after the change.</param>
[StoredName("pupil_recorded")]
public sealed record PupilRecorded(Guid PupilId, PupilChange Change, PupilFacts After);

/// <summary>Schooling of a child's file as one pupil behind it tells it, when that pupil is matched, unlinked or changes.</summary>
/// <param name="ChildId">The child's file.</param>
/// <param name="PupilId">The pupil behind it; a file may have several. Null only in unlinks that older releases told.</param>
/// <param name="Schooling">Where this pupil is schooled; NotCollected after its unlink.</param>
/// <param name="Boarding">Whether the child boards (寄宿); null when not collected.</param>
/// <param name="State">State of this pupil's enrolment; null after its unlink, and in what older releases told.</param>
/// <param name="EffectiveOn">The day from which that state counts, Asia/Shanghai; null when not known.</param>
[StoredName("child_schooling_recorded")]
public sealed record ChildSchoolingRecorded(
    Guid ChildId, Guid? PupilId, Schooling Schooling, bool? Boarding, EnrolmentState? State = null, DateOnly? EffectiveOn = null);

/// <summary>What changed for a pupil.</summary>
public enum PupilChange
{
    Enrolled, Corrected, Transferred, WentOnLeave, DroppedOut, Graduated, Returned, Matched, Unlinked,
    PersonalDataErased, Deferred, HomeTaught, Left, TransferAnnounced,

    /// <summary>辍学登记 by the school, of a pupil whom the roll has enrolled.</summary>
    DropoutRegistered,

    /// <summary>The school's register of dropouts says no more than the roll does, or that the pupil is back (销号).</summary>
    DropoutCleared,

    /// <summary>The lasting student number came in the place of a temporary one (L→G).</summary>
    NumberAssigned,

    /// <summary>升级.</summary>
    Promoted,
}

/// <summary>The group of facts that EducationAttendance owns of a pupil.</summary>
/// <param name="State">State of the enrolment.</param>
/// <param name="School">Village or community in which the school stands; anchor of all education figures.</param>
/// <param name="Stage">Stage of schooling of the class attended.</param>
/// <param name="BirthDate">As the roll tells it.</param>
/// <param name="Sex">As the roll tells it.</param>
/// <param name="Boarding">Boards at school (寄宿).</param>
/// <param name="ChildId">The matched child's file, null while waiting.</param>
/// <param name="Since">The day from which state, school and stage count, Asia/Shanghai; null in what older releases recorded.</param>
/// <param name="Register">What the school's register of dropouts says where the roll says otherwise; null where they agree, or no case was ever registered.</param>
public sealed record PupilFacts(
    EnrolmentState State, DivisionId School, Stage Stage, DateOnly? BirthDate, Sex Sex, bool? Boarding, Guid? ChildId, DateOnly? Since = null,
    DropoutRegister? Register = null);

/// <summary>The school's own register of dropouts (辍学登记、销号) against the roll's state.</summary>
/// <param name="DroppedOut">True: registered, while the roll has the pupil enrolled. False: back, while the roll has it dropped out.</param>
/// <param name="Since">The day from which that counts, Asia/Shanghai.</param>
public sealed record DropoutRegister(bool DroppedOut, DateOnly Since);

/// <summary>State of an enrolment (学籍状态).</summary>
public enum EnrolmentState
{
    /// <summary>在读.</summary>
    Enrolled,

    /// <summary>休学.</summary>
    OnLeave,

    /// <summary>转出, received by a school beyond the roll that told it.</summary>
    TransferredOut,

    /// <summary>辍学; of a stage that is not compulsory 不在学.</summary>
    DroppedOut,

    /// <summary>毕业.</summary>
    Graduated,

    /// <summary>缓学: not to begin yet.</summary>
    Deferred,

    /// <summary>送教上门: taught at home.</summary>
    HomeTaught,

    /// <summary>Off the roll otherwise.</summary>
    Left,

    /// <summary>Let go to another school, which has not received it yet; no dropout.</summary>
    RollGap,
}

/// <summary>Stage of schooling (学段).</summary>
public enum Stage { NotCollected, Kindergarten, Primary, JuniorMiddle, SeniorHigh, Vocational }

/// <summary>Schooling as the official table counts it (农村留守儿童基本情况排查汇总表).</summary>
public enum Schooling { NotCollected, Kindergarten, NotInKindergarten, Primary, JuniorMiddle, SeniorHigh, Vocational, DroppedOut, NotInSchool }
