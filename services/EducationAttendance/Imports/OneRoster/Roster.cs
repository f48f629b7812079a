namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>
/// The files of a OneRoster 1.1 upload (1EdTech OneRoster 1.1 CSV Tables) that tell who is in which class of which school. The manifest says
/// whether a file is bulk, delta or absent; what it calls absent is not read, and what it does not must be there. Courses and academic sessions
/// tell nothing of that and are not read.
/// </summary>
internal sealed record Roster(RosterTable Orgs, RosterTable Users, RosterTable Classes, RosterTable Enrollments, RosterTable Demographics)
{
    private const string Manifest = "manifest.csv", Version = "1.1";

    private static readonly string[] Base = ["sourcedId", "status", "dateLastModified"];

    private static readonly Dictionary<string, string[]> Columns = new(StringComparer.Ordinal)
    {
        ["orgs"] = [.. Base, "name", "type", "identifier"],
        ["users"] = [.. Base, "orgSourcedIds", "role", "givenName", "familyName", "identifier", "grades"],
        ["classes"] = [.. Base, "title", "classCode", "classType", "schoolSourcedId"],
        ["enrollments"] = [.. Base, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "beginDate", "endDate"],
        ["demographics"] = [.. Base, "birthDate", "sex"],
    };

    /// <summary>Reads an upload; throws <see cref="RefusedRosterException"/>.</summary>
    public static Roster Read(byte[] zip)
    {
        var files = RosterFiles.Unpack(zip, [Manifest, .. Columns.Keys.Select(NameOf)]);
        var told = Properties(files);
        if (told.GetValueOrDefault("oneroster.version") != Version)
            throw new RefusedRosterException(new RosterFault(Manifest, 0, "oneroster.version", $"must be {Version}"));
        foreach (var needed in (string[])["orgs", "users", "enrollments"])
            if (told.GetValueOrDefault("file." + needed) is not ("bulk" or "delta"))
                throw new RefusedRosterException(new RosterFault(Manifest, 0, "file." + needed, "must be bulk or delta"));
        return new(Table("orgs"), Table("users"), Table("classes"), Table("enrollments"), Table("demographics"));

        RosterTable Table(string name) => told.GetValueOrDefault("file." + name, "absent") switch
        {
            "absent" => RosterTable.Absent,
            "bulk" or "delta" => files.TryGetValue(NameOf(name), out var content)
                ? RosterTable.Read(NameOf(name), content, Columns[name])
                : throw RosterFiles.Refused(NameOf(name), "named by the manifest, and not in the ZIP"),
            _ => throw new RefusedRosterException(new RosterFault(Manifest, 0, "file." + name, "must be bulk, delta or absent")),
        };
    }

    private static Dictionary<string, string> Properties(Dictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(Manifest, out var content))
            throw RosterFiles.Refused(Manifest, "not in the ZIP");
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in RosterTable.Read(Manifest, content, "propertyName", "value").Lines)
            if (!told.TryAdd(line["propertyName"], line["value"]))
                throw new RefusedRosterException(new RosterFault(Manifest, line.Row, "propertyName", "told twice"));
        return told;
    }

    private static string NameOf(string file) => file + ".csv";
}
