using System.Globalization;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sheets;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>
/// Makes of each user of the role student a row of the roll. Its student number (学籍号) is users.identifier; its school number orgs.identifier; the
/// village of the school orgs.metadata.divisionCode; its ID number users.metadata.idNumber, which may be empty; birth date and sex those of
/// demographics.csv, or users.metadata.birthDate and users.metadata.sex. Its class is the one homeroom that it is enrolled in now: scheduled classes
/// are lessons. Where classes.csv is absent, it is the one class it is enrolled in. A pupil that is deleted leaves the roll by the reason of
/// users.metadata.leftReason; without one it stays, and the line is refused. Pure.
/// </summary>
/// <param name="roster">The upload.</param>
/// <param name="exportedAt">When the files were written, for lines that do not say when they were modified; null when not told.</param>
/// <param name="today">The day on which enrolments count.</param>
internal sealed class ReadPupils(Roster roster, DateTimeOffset? exportedAt, DateOnly today)
{
    private readonly ILookup<string, RosterLine> enrolled = roster.Enrollments.Lines.Where(e => e["role"] == "student").ToLookup(e => e["userSourcedId"], StringComparer.Ordinal);
    private readonly HashSet<string> users = [.. roster.Users.Lines.Select(u => u.SourcedId)];

    /// <summary>How many users are no pupils.</summary>
    public int Others => roster.Users.Lines.Count(u => u["role"] is not ("" or "student"));

    /// <summary>Each pupil, and each enrolment of nobody.</summary>
    public IEnumerable<RosterRow> Rows() => roster.Users.Lines.Where(u => u["role"] is "" or "student").Select(Read)
        .Concat(enrolled.Where(e => !users.Contains(e.Key)).SelectMany(e => e).Select(e => Wrong(e, "userSourcedId", "not in users.csv")));

    private RosterRow Read(RosterLine user)
    {
        try
        {
            if (user.SourcedId.Length == 0)
                throw new WrongLineException("sourcedId", "required");
            if (roster.Users.IsTwice(user.SourcedId))
                throw new WrongLineException("sourcedId", "there twice");
            if (user["role"].Length == 0)
                throw new WrongLineException("role", "required");
            var now = user.IsDeleted ? [] : Current(user).ToList();
            var row = user.IsDeleted ? Left(user) : Enrolled(user, now);
            var (at, written) = Latest([user, .. now]);
            (row.StudentNo, row.OccurredAt, row.SourceSequence) = (Told(user, "identifier"), at.ToString("O", CultureInfo.InvariantCulture), at.ToUnixTimeMilliseconds());
            return new(user.File, user.Row, user.SourcedId, written, row);
        }
        catch (WrongLineException e)
        {
            return Wrong(user, e.Field, e.Reason);
        }
    }

    private static RollRow Left(RosterLine user) => user["metadata.leftReason"] switch
    {
        "graduated" => new() { Graduated = new() },
        "abroad" => new() { Left = new() { Reason = LeftReason.WentAbroad } },
        "died" => new() { Left = new() { Reason = LeftReason.Died } },
        "withdrew" => new() { Left = new() { Reason = LeftReason.Withdrew } },
        "duplicate" => new() { Left = new() { Reason = LeftReason.DuplicateRecord } },
        _ => throw new WrongLineException("metadata.leftReason", "a pupil that is deleted leaves by a reason: graduated, abroad, died, withdrew or duplicate"),
    };

    private RollRow Enrolled(RosterLine user, List<RosterLine> now)
    {
        var homeroom = Class(now);
        var school = School(user, homeroom.School);
        var (grade, stage) = RosterGrades.Read(user.List("grades"));
        var known = roster.Demographics.IsThere ? roster.Demographics.Find(user.SourcedId, out _) : null;
        var sex = known?["sex"] is { Length: > 0 } told ? told : user["metadata.sex"];
        return new()
        {
            Enrolled = new()
            {
                // 姓 before 名, as Chinese names are written.
                Name = Told(user, "familyName") + Told(user, "givenName"), IdNumber = Told(user, "metadata.idNumber"),
                BirthDate = known?["birthDate"] is { Length: > 0 } born ? born : user["metadata.birthDate"],
                Sex = sex switch { "male" => Sex.Male, "female" => Sex.Female, _ => Sex.Unknown },
                SchoolNo = Told(school, "identifier"), SchoolCode = school["metadata.divisionCode"], ClassNo = homeroom.No, Grade = grade, Stage = stage,
            },
        };
    }

    private IEnumerable<RosterLine> Current(RosterLine user) => enrolled[user.SourcedId].Where(e => !e.IsDeleted && Day(e, "beginDate", today) <= today && Day(e, "endDate", today) >= today);

    private (string No, string School) Class(List<RosterLine> now)
    {
        if (now.Find(e => roster.Enrollments.IsTwice(e.SourcedId)) is not null)
            throw new WrongLineException("enrollments.sourcedId", "there twice");
        var classes = now.Select(e => (Id: e["classSourcedId"], School: e["schoolSourcedId"], Line: roster.Classes.IsThere ? roster.Classes.Find(e["classSourcedId"], out var fault)
            ?? throw new WrongLineException("enrollments.classSourcedId", fault!) : null))
            .Where(c => c.Line is null || c.Line["classType"] == "homeroom").DistinctBy(c => c.Id).ToList();
        return classes switch
        {
            [] => ("", now.Select(e => e["schoolSourcedId"]).Distinct().SingleOrDefault("")),
            [(var id, var school, null)] => (id, school),
            [(_, _, { } line)] => (line["classCode"].Length > 0 ? Told(line, "classCode") : Told(line, "title"), line["schoolSourcedId"]),
            _ => throw new WrongLineException("enrollments.classSourcedId", "in two classes: a pupil is in one"),
        };
    }

    private RosterLine School(RosterLine user, string ofClass)
    {
        var (id, field) = (ofClass, "enrollments.schoolSourcedId");
        if (id.Length == 0)
            (id, field) = (user.List("orgSourcedIds") is [var only] ? only : throw new WrongLineException("orgSourcedIds", "one school, or a class that tells it"), "orgSourcedIds");
        var org = roster.Orgs.Find(id, out var fault) ?? throw new WrongLineException(field, "orgs.csv: " + fault);
        return org["type"] == "school" ? org : throw new WrongLineException(field, "orgs.csv: not of the type school");
    }

    /// <summary>When any of the lines was modified last.</summary>
    private (DateTimeOffset At, string Written) Latest(List<RosterLine> lines) => lines.Select(line => line.LastModified.Length > 0
        ? (At: RosterTimes.Read(line.LastModified) ?? throw new WrongLineException(line.File == "users.csv" ? "dateLastModified" : "enrollments.dateLastModified", "not a time as yyyy-MM-ddTHH:mm:ss.fffZ"), Written: line.LastModified)
        : (At: exportedAt ?? throw new WrongLineException("dateLastModified", "required where the upload does not say when it was written"), Written: "")).MaxBy(t => t.At);

    private static DateOnly Day(RosterLine line, string column, DateOnly otherwise) => line[column].Length == 0 ? otherwise
        : Partners.Fields.Day(line[column], out var day) ? day : throw new WrongLineException("enrollments." + column, "not a date as yyyy-MM-dd");

    /// <summary>Text that a spreadsheet would calculate is none of a roll.</summary>
    private static string Told(RosterLine line, string column) => FormulaGuard.With(line[column]) == line[column] ? line[column]
        : throw new WrongLineException(line.File == "users.csv" ? column : line.File[..^".csv".Length] + "." + column, "begins like a formula");

    private static RosterRow Wrong(RosterLine line, string field, string reason) => new(line.File, line.Row, line.SourcedId, line.LastModified, null, field, reason);
}

/// <summary>A line cannot be read as a row of the roll.</summary>
internal sealed class WrongLineException(string field, string reason) : Exception(reason)
{
    public string Field { get; } = field;
    public string Reason { get; } = reason;
}
