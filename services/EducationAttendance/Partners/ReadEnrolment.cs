using System.Text;
using LeftBehind.Contracts;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sealing;
using Sex = LeftBehind.Contracts.Registry.Sex;
using Stage = LeftBehind.Contracts.Education.Stage;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>
/// What an enrolled row tells. Without an ID number of its own, that of a G student number is read; an L or J number is asked
/// for none. A bad number warns and never loses a pupil. Pure.
/// </summary>
public sealed class ReadEnrolment(KeyedDigest digests, IdNumberIndex numbers, RollKeys keys)
{
    public ToldEnrolment Read(PushedRow<RollRow> row, StudentNo studentNo, DivisionId school)
    {
        var told = row.Row.Enrolled;
        var ofStudentNo = studentNo.IdNumber;
        var number = told.IdNumber.Length > 0 ? ResidentIdNumber.Read(told.IdNumber) : ofStudentNo;
        DateOnly? born = Fields.Day(told.BirthDate, out var day) ? day : number.IsValid ? number.BirthDate : null;
        var sex = told.Sex is Protos.Education.V1.Sex.Unknown && number.IsValid ? number.Sex : (Sex)told.Sex;
        Warn(row, number, ofStudentNo, born);
        var details = new PupilDetails(told.Name, told.IdNumber.Length > 0 ? told.IdNumber : ofStudentNo.Reveal(), studentNo.Reveal());
        return new(details, DigestOf($"{details.Name}\n{details.IdNumber}\n{born:yyyy-MM-dd}\n{sex}"), number.IsValid ? numbers.Of(number.Reveal()) : null,
            told.SchoolNo, school, (Stage)told.Stage, born, sex, BoardingOf(told.Boarding), row.EffectiveOn,
            told.ClassNo.Length == 0 ? null : new ClassPlace(keys.Class(row.Source, told.SchoolNo, told.ClassNo), told.ClassNo, told.Grade == 0 ? null : told.Grade, row.EffectiveOn),
            ClaimsOf(told.Claims));
    }

    /// <summary>What is known of a pupil, under its lasting number: that tells an ID number, birth date and sex where none was known.</summary>
    public ToldEnrolment Renumbered(Pupil pupil, PupilDetails known, StudentNo lasting)
    {
        var details = known with { StudentNo = lasting.Reveal(), IdNumber = known.IdNumber.Length > 0 ? known.IdNumber : lasting.IdNumber.Reveal() };
        var number = ResidentIdNumber.Read(details.IdNumber);
        var born = pupil.Facts.BirthDate ?? (number.IsValid ? number.BirthDate : null);
        var sex = pupil.Facts.Sex is Sex.NotCollected && number.IsValid ? number.Sex : pupil.Facts.Sex;
        return new(details, DigestOf($"{details.Name}\n{details.IdNumber}\n{born:yyyy-MM-dd}\n{sex}"), number.IsValid ? numbers.Of(number.Reveal()) : null,
            pupil.SchoolNo, pupil.Facts.School, pupil.Facts.Stage, born, sex, pupil.Facts.Boarding, pupil.Facts.Since ?? default);
    }

    /// <summary>Blind index of the number that a row tells, of any kind; null without a right one.</summary>
    public Guid? NumberOf(RollRow row)
    {
        var number = row.Enrolled is { IdNumber.Length: > 0 } told ? ResidentIdNumber.Read(told.IdNumber)
            : row.NumberAssigned is not null ? TakeNumber.NumberOf(row).IdNumber : TakeRoll.StudentNoOf(row).IdNumber;
        return number.IsValid ? numbers.Of(number.Reveal()) : null;
    }

    /// <summary>The birth date that a row tells in words of its own.</summary>
    public static DateOnly? BirthDateOf(RollRow row) => row.Enrolled is { } told && Fields.Day(told.BirthDate, out var day) ? day : null;
    private static Pupils.RollClaims? ClaimsOf(Protos.Education.V1.RollClaims? told) => told is null ? null : new(
        told.HasLeftBehind ? told.LeftBehind : null, told.HasDisabled ? told.Disabled : null,
        told.HasAccompaniesMigrants ? told.AccompaniesMigrants : null, told.HasHardship ? told.Hardship : null);

    public static bool? BoardingOf(Boarding told) => told switch { Boarding.Boarder => true, Boarding.DayPupil => false, _ => null };

    private static void Warn(PushedRow<RollRow> row, ResidentIdNumber number, ResidentIdNumber ofStudentNo, DateOnly? born)
    {
        var field = row.Row.Enrolled.IdNumber.Length > 0 ? "enrolled.id_number" : "student_no";
        if (number.Status is not (IdNumberStatus.Valid or IdNumberStatus.Empty))
            row.Warn(field, $"{number.Status}; the pupil is kept, without a number to match on");
        else if (number.IsValid && ofStudentNo.IsValid && number.Reveal() != ofStudentNo.Reveal())
            row.Warn(field, "differs from the student number");
        else if (number.IsValid && number.BirthDate != born)
            row.Warn("enrolled.birth_date", "differs from the ID number");
        else if (number.IsUpgraded)
            row.Warn(field, "15 digits, read as 18");
    }

    private string DigestOf(string content) => Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
}
