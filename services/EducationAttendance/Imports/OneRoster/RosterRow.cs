using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>What a line of an upload is read as: a row of the roll, or what is wrong with it.</summary>
/// <param name="File">The file of the line.</param>
/// <param name="Line">The line.</param>
/// <param name="SourcedId">Its sourcedId.</param>
/// <param name="LastModified">What it was told last, as written.</param>
/// <param name="Row">The row of the roll; null when it cannot be read.</param>
/// <param name="Field">The column at fault.</param>
/// <param name="Reason">Why, never repeating what stands there.</param>
internal sealed record RosterRow(string File, int Line, string SourcedId, string LastModified, RollRow? Row, string Field = "", string Reason = "")
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["student_no"] = "identifier", ["occurred_at"] = "dateLastModified", ["source_sequence"] = "dateLastModified", ["enrolled.name"] = "familyName", ["enrolled.id_number"] = "metadata.idNumber",
        ["enrolled.birth_date"] = "metadata.birthDate", ["enrolled.school_no"] = "orgs.identifier", ["enrolled.school_code"] = "orgs.metadata.divisionCode",
        ["enrolled.class_no"] = "classes.classCode", ["enrolled.grade"] = "grades", ["left.reason"] = "metadata.leftReason",
    };

    /// <summary>The column that a field of the roll's row was read from.</summary>
    public static string ColumnOf(string field) => Columns.GetValueOrDefault(field, field);

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(RosterRow);
}
