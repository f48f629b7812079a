using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Classes;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>An enrolment as a row tells it, and the day from which it counts; what is not told is not collected or null.</summary>
public sealed record ToldEnrolment(
    PupilDetails Details, string Digest, Guid? BlindIndex, string SchoolNo, DivisionId School, Stage Stage, DateOnly? BirthDate, Sex Sex, bool? Boarding, DateOnly On,
    ClassPlace? Class = null, RollClaims? Claims = null)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ToldEnrolment);
}

/// <summary>What is known of a pupil and never leaves the store unsealed.</summary>
public sealed record PupilDetails(string Name, string IdNumber, string StudentNo)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(PupilDetails);
}

/// <summary>Seals an identity for a pupil; asked only when the identity is told anew.</summary>
public delegate RollIdentity SealIdentity(Pupil pupil, ToldEnrolment told);

/// <summary>
/// Enrolled: opens the enrolment, brings the pupil back, or corrects what is known. A field that is not told leaves what is
/// known. Null when the record says so already. Pure, as far as the given seal is.
/// </summary>
public static class Enrol
{
    public static IPupilEvent? Decide(Pupil pupil, ToldEnrolment told, SealIdentity seal)
    {
        var before = pupil.Facts;
        var after = pupil.From(told.On, before with
        {
            State = EnrolmentState.Enrolled,
            School = told.School,
            Stage = told.Stage is Stage.NotCollected ? before.Stage : told.Stage,
            BirthDate = told.BirthDate ?? before.BirthDate,
            Sex = told.Sex is Sex.NotCollected ? before.Sex : told.Sex,
            Boarding = told.Boarding ?? before.Boarding,
        });
        var identity = pupil.IdentityDigest == told.Digest ? null : seal(pupil, told);
        var claims = told.Claims?.Over(pupil.Claims) is { } c && c != pupil.Claims ? c : null;
        var place = told.Class?.After(pupil.Class) ?? (pupil.SchoolNo == told.SchoolNo ? pupil.Class : null);
        if (!pupil.Exists)
            return new PupilEnrolled(told.SchoolNo, identity, after, place, claims);
        return before.State switch
        {
            // A student number is kept for life: the next school enrols under the number of the last.
            EnrolmentState.Graduated or EnrolmentState.TransferredOut or EnrolmentState.Left or EnrolmentState.RollGap or EnrolmentState.Deferred =>
                new PupilEnrolled(told.SchoolNo, identity, after, place, claims),
            EnrolmentState.OnLeave or EnrolmentState.DroppedOut or EnrolmentState.HomeTaught => new PupilReturned(before.State, told.SchoolNo, identity, after, place, claims),
            _ when identity is null && after == before && pupil.SchoolNo == told.SchoolNo && pupil.Class == place && claims is null => null,
            _ => new EnrolmentCorrected(told.SchoolNo, identity, after, place, claims),
        };
    }
}
