using LeftBehind.Sheets;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>One line of a OneRoster file, its cells by the names of the header.</summary>
internal sealed class RosterLine(string file, SheetRow row, IReadOnlyDictionary<string, int> columns)
{
    public string File { get; } = file;

    public int Row => row.Number;

    public string SourcedId => this["sourcedId"];

    public string LastModified => this["dateLastModified"];

    /// <summary>Of a bulk file the status is empty, and means active.</summary>
    public bool IsDeleted => this["status"] == "tobedeleted";

    /// <summary>A cell's text; empty where the cell or its column is not there.</summary>
    public string this[string column] => columns.TryGetValue(column, out var at) && row.Cells.TryGetValue(at, out var cell) ? cell.Text : "";

    /// <summary>A list of sourcedIds or grades.</summary>
    public string[] List(string column) => this[column].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(RosterLine);
}

/// <summary>A file of the upload, its lines by sourcedId; an id that is there twice names nothing for certain.</summary>
internal sealed class RosterTable
{
    private readonly ILookup<string, RosterLine> byId;

    private RosterTable(IReadOnlyList<RosterLine> lines, bool isThere) => (Lines, IsThere, byId) = (lines, isThere, lines.ToLookup(l => l.SourcedId, StringComparer.Ordinal));

    /// <summary>A file that the manifest calls absent.</summary>
    public static RosterTable Absent { get; } = new([], isThere: false);

    public IReadOnlyList<RosterLine> Lines { get; }

    public bool IsThere { get; }

    /// <summary>The line of an id, or what is wrong with it.</summary>
    public RosterLine? Find(string sourcedId, out string? fault)
    {
        var lines = byId[sourcedId].Take(2).ToList();
        fault = lines.Count switch { 0 => "not in the upload", 1 => lines[0].IsDeleted ? "deleted" : null, _ => "its sourcedId is there twice" };
        return fault is null ? lines[0] : null;
    }

    public bool IsTwice(string sourcedId) => byId[sourcedId].Skip(1).Any();

    /// <summary>Reads a file; its header must have these columns, in any order, beside others.</summary>
    public static RosterTable Read(string file, byte[] content, params IReadOnlyList<string> required)
    {
        var rows = RosterFiles.Rows(file, content);
        if (rows.Count == 0)
            throw RosterFiles.Refused(file, "no header");
        var header = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, cell) in rows[0].Cells)
            if (!header.TryAdd(cell.Text, at))
                throw RosterFiles.Refused(file, "two columns of one name in the header");
        var missing = required.Where(column => !header.ContainsKey(column)).Select(column => new RosterFault(file, rows[0].Number, column, "not in the header")).ToList();
        return missing.Count == 0 ? new([.. rows.Skip(1).Select(row => new RosterLine(file, row, header))], isThere: true) : throw new RefusedRosterException(missing);
    }
}
