using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>An event of a pupil. Each carries the facts that leave the house, after the change.</summary>
public interface IPupilEvent
{
    /// <summary>The group of facts that EducationAttendance owns.</summary>
    PupilFacts After { get; }
}

/// <summary>An event that may tell the identity anew.</summary>
public interface IToldIdentity : IPupilEvent
{
    /// <summary>The identity; null when it is as it was.</summary>
    RollIdentity? Identity { get; }

    /// <summary>The roll's own number of the school.</summary>
    string SchoolNo { get; }

    /// <summary>The roll's own flags; null when they are as they were.</summary>
    RollClaims? Claims { get; }

    /// <summary>The class the pupil is in from now on; null when none is known.</summary>
    ClassPlace? Class { get; }
}

/// <summary>A pupil's identity as the roll told it.</summary>
/// <param name="Details">Name, ID number and student number, sealed under the pupil's own key.</param>
/// <param name="Digest">Keyed digest by which a repeated identity is known.</param>
/// <param name="BlindIndex">Of a valid ID number, shared with Registry.</param>
/// <param name="ToRegistry">Name and number sealed to Registry, which looks for the file, or whether the match still stands; null in what older releases told of matched pupils.</param>
public sealed record RollIdentity(Sealed Details, string Digest, Guid? BlindIndex, Sealed? ToRegistry);

/// <summary>An enrolment was opened: the first, or a new one after the last had ended.</summary>
[StoredName("pupil_enrolled")]
public sealed record PupilEnrolled(string SchoolNo, RollIdentity? Identity, PupilFacts After, ClassPlace? Class = null, RollClaims? Claims = null) : IToldIdentity;

/// <summary>Identity, school, class, stage or boarding were told anew.</summary>
[StoredName("enrolment_corrected")]
public sealed record EnrolmentCorrected(string SchoolNo, RollIdentity? Identity, PupilFacts After, ClassPlace? Class = null, RollClaims? Claims = null) : IToldIdentity;

/// <summary>Back at school after leave or dropout (复学).</summary>
[StoredName("pupil_returned")]
public sealed record PupilReturned(EnrolmentState From, string SchoolNo, RollIdentity? Identity, PupilFacts After, ClassPlace? Class = null, RollClaims? Claims = null) : IToldIdentity;

/// <summary>The lasting student number came in the place of a temporary one (L→G); the identity holds it, with the ID number that it tells where none was known.</summary>
[StoredName("pupil_number_assigned")]
public sealed record LastingNumberAssigned(string SchoolNo, RollIdentity? Identity, PupilFacts After, ClassPlace? Class, RollClaims? Claims = null) : IToldIdentity;

[StoredName("pupil_transferred")]
public sealed record PupilTransferred(DivisionId From, string SchoolNo, PupilFacts After) : IPupilEvent;

[StoredName("pupil_went_on_leave")]
public sealed record PupilWentOnLeave(string ApprovalNo, DateOnly? Until, PupilFacts After, Approver? ApprovedBy = null) : IPupilEvent;

/// <summary>缓学, with its approval.</summary>
[StoredName("enrolment_deferred")]
public sealed record EnrolmentDeferred(string ApprovalNo, DateOnly? Until, PupilFacts After, Approver? ApprovedBy) : IPupilEvent;

/// <summary>送教上门.</summary>
[StoredName("pupil_taught_at_home")]
public sealed record PupilTaughtAtHome(PupilFacts After) : IPupilEvent;

/// <summary>Off the roll, for a reason that is neither graduation nor dropout.</summary>
[StoredName("pupil_left")]
public sealed record PupilLeft(LeftReason Reason, PupilFacts After) : IPupilEvent;

/// <summary>Let go to another school, which is to receive it.</summary>
[StoredName("pupil_transfer_announced")]
public sealed record PupilTransferAnnounced(string ToSchoolNo, PupilFacts After) : IPupilEvent;

[StoredName("pupil_dropped_out")]
public sealed record PupilDroppedOut(string? CauseCode, PupilFacts After) : IPupilEvent;

/// <summary>毕业.</summary>
/// <param name="After">The facts.</param>
/// <param name="SchoolYear">The school year at whose turn its class was promoted; null where the roll told it.</param>
[StoredName("pupil_graduated")]
public sealed record PupilGraduated(PupilFacts After, int? SchoolYear = null) : IPupilEvent;

/// <summary>Registry found the pupil's file.</summary>
[StoredName("pupil_linked_to_child")]
public sealed record PupilLinkedToChild(Guid ChildId, PupilFacts After) : IPupilEvent;

/// <summary>Registry took the match back, or found another file.</summary>
/// <param name="ChildId">The file that it was.</param>
/// <param name="After">The facts without it.</param>
/// <param name="Asks">With what the pupil looks for its file again; null when another was found, or the personal data was erased.</param>
[StoredName("pupil_unlinked_from_child")]
public sealed record PupilUnlinkedFromChild(Guid ChildId, PupilFacts After, AskedIdentity? Asks = null) : IPupilEvent;

/// <summary>The pupil's personal data was erased with the child's: its key is destroyed in the same transaction. The facts are those before.</summary>
[StoredName("personal_data_erased")]
public sealed record PupilErased(PupilFacts After) : IPupilEvent;

/// <summary>What the school's register of dropouts says of the pupil is not what the roll says, or is so again.</summary>
[StoredName("dropout_register_changed")]
public sealed record DropoutRegisterChanged(PupilFacts After) : IPupilEvent;

/// <summary>升级, once a school year; the class may have another number from then on.</summary>
/// <param name="SchoolYear">The year in which the school year begins.</param>
/// <param name="Class">The class and grade from then on.</param>
/// <param name="After">The facts.</param>
[StoredName("pupil_promoted")]
public sealed record PupilPromoted(int SchoolYear, ClassPlace Class, PupilFacts After) : IPupilEvent;

/// <summary>The current identity of a pupil that looks for its file again.</summary>
/// <param name="BlindIndex">Of a valid ID number, shared with Registry.</param>
/// <param name="ToRegistry">Name and number sealed to Registry.</param>
public sealed record AskedIdentity(Guid? BlindIndex, Sealed ToRegistry);
