using LeftBehind.Access;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftReason = LeftBehind.EducationAttendance.Pupils.LeftReason;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>What follows from a lasting number: of which pupil, and which number means which pupil from now on.</summary>
/// <param name="Event">Null when nothing changes.</param>
/// <param name="Means">The number, and the pupil it means from now on; null when that is so already.</param>
public sealed record NumberTaken(IPupilEvent? Event, (Guid Number, Guid Pupil)? Means)
{
    public static readonly NumberTaken Nothing = new(null, null);
}

/// <summary>
/// Decides on a row that tells the lasting student number in the place of a temporary one (L→G): the pupil stays one. Was the lasting number enrolled before, as if it were another
/// pupil, the temporary record ends as its duplicate, whichever of the two rows came first. Pure, as far as the given seal is.
/// </summary>
public sealed class TakeNumber(ReadEnrolment reading, RollKeys keys)
{
    /// <param name="row">A checked row.</param>
    /// <param name="pupil">The pupil of the temporary number.</param>
    /// <param name="other">The pupil of the lasting one; the same once that was told, and one that does not exist where it never was.</param>
    /// <param name="erased">The pupil's personal data was erased.</param>
    /// <param name="known">What the roll told of the pupil last; null where it cannot be read.</param>
    /// <param name="caller">Who tells it.</param>
    /// <param name="seal">Seals the identity.</param>
    public NumberTaken Decide(PushedRow<RollRow> row, Pupil pupil, Pupil other, bool erased, PupilDetails? known, Caller caller, SealIdentity seal)
    {
        if (!pupil.Exists && !erased)
            row.Waits("enrolment", pupil.Id);
        else if (pupil.Exists && !caller.Sees(pupil.Facts.School))
            row.Reject("student_no", RollRowCheck.NotYours);
        else if (erased || known is null)
            row.Erased(pupil.Exists ? pupil.Id : null);
        else
            return other.Exists && other.Id != pupil.Id ? Duplicate(row, pupil, other, caller) : Assigned(row, pupil, known, seal);
        return NumberTaken.Nothing;
    }

    private NumberTaken Assigned(PushedRow<RollRow> row, Pupil pupil, PupilDetails known, SealIdentity seal)
    {
        var number = NumberOf(row.Row);
        var changed = known.StudentNo != number.Reveal();
        row.Took(pupil.Id, changed);
        if (!changed)
            return NumberTaken.Nothing;
        var told = reading.Renumbered(pupil, known, number);
        if (number.IdNumber is { IsValid: true } tells && (pupil.Facts.BirthDate is { } born && tells.BirthDate != born || pupil.Facts.Sex is not Sex.NotCollected && tells.Sex != pupil.Facts.Sex))
            row.Warn("number_assigned.lasting_student_no", "differs from the birth date or sex that the roll tells");
        var facts = pupil.Facts with { BirthDate = told.BirthDate, Sex = told.Sex };
        return new(new LastingNumberAssigned(pupil.SchoolNo, seal(pupil, told), facts, pupil.Class), (keys.Pupil(row.Source, number), pupil.Id));
    }

    private static NumberTaken Duplicate(PushedRow<RollRow> row, Pupil pupil, Pupil other, Caller caller)
    {
        if (!caller.Sees(other.Facts.School) || Differ(pupil.Facts.BirthDate, other.Facts.BirthDate)
            || Differ(Known(pupil.Facts.Sex), Known(other.Facts.Sex)))
        {
            row.Reject("number_assigned.lasting_student_no", "another pupil's");
            return NumberTaken.Nothing;
        }
        var ends = EndOrPause.Leave(pupil, LeftReason.DuplicateRecord, row.EffectiveOn);
        row.Took(other.Id, changed: true);
        row.Warn("number_assigned.lasting_student_no", "was enrolled as another pupil; the temporary record ends as its duplicate");
        return new(ends, (pupil.Id, other.Id));
    }

    /// <summary>The lasting number of a checked row.</summary>
    public static StudentNo NumberOf(RollRow row) =>
        StudentNo.TryRead(row.NumberAssigned.LastingStudentNo, out var no) ? no : throw new InvalidOperationException("A row without a lasting number was let in.");

    private static bool Differ<T>(T? one, T? other) where T : struct => one is { } a && other is { } b && !a.Equals(b);

    private static Sex? Known(Sex sex) => sex is Sex.NotCollected ? null : sex;
}
