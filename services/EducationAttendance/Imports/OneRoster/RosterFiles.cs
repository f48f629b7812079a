using System.IO.Compression;
using LeftBehind.Sheets;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>What is wrong with an upload as a whole, by file, row and column; nothing of it is taken. Never repeats what stands in a cell.</summary>
/// <param name="File">Name of the file; empty for the ZIP itself.</param>
/// <param name="Row">Line of the file; 0 for the file as a whole.</param>
/// <param name="Field">Column, or property of the manifest; may be empty.</param>
/// <param name="Reason">In words.</param>
public sealed record RosterFault(string File, int Row, string Field, string Reason);

/// <summary>The upload is refused.</summary>
public sealed class RefusedRosterException(params IReadOnlyList<RosterFault> faults) : Exception("The upload is refused.")
{
    public IReadOnlyList<RosterFault> Faults { get; } = faults;
}

/// <summary>
/// Unpacks the files of an upload, never more of them than the limit says, whatever the ZIP tells of its sizes. The files lie at its root, in
/// folders they are not seen.
/// </summary>
internal static class RosterFiles
{
    /// <summary>Platform defaults: a county of 100,000 pupils packs to about 10 MB.</summary>
    public const int MostPacked = 32 * 1024 * 1024, MostUnpacked = 128 * 1024 * 1024, MostRows = 200_000;

    private const int MostEntries = 100, Buffer = 81_920;

    /// <summary>The wanted files by name, as far as they are there.</summary>
    public static Dictionary<string, byte[]> Unpack(byte[] zip, IReadOnlyCollection<string> wanted)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw Refused("", $"more than {MostEntries} files in the ZIP");
            var (files, left) = (new Dictionary<string, byte[]>(StringComparer.Ordinal), MostUnpacked);
            foreach (var entry in archive.Entries.Where(e => wanted.Contains(e.FullName)))
            {
                if (files.ContainsKey(entry.FullName))
                    throw Refused(entry.FullName, "twice in the ZIP");
                files[entry.FullName] = Unpack(entry, ref left);
            }
            return files;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw Refused("", "not a ZIP, or a broken or locked one");
        }
    }

    /// <summary>The rows of a file under their header.</summary>
    public static List<SheetRow> Rows(string file, byte[] content)
    {
        try
        {
            return CsvSheet.Read(content, new(MostRows));
        }
        catch (UnreadableSheetException e)
        {
            throw Refused(file, e.Why.English);
        }
    }

    public static RefusedRosterException Refused(string file, string reason) => new(new RosterFault(file, 0, "", reason));

    private static byte[] Unpack(ZipArchiveEntry entry, ref int left)
    {
        using var unpacked = new MemoryStream();
        using var stream = entry.Open();
        var buffer = new byte[Buffer];
        while (stream.Read(buffer) is > 0 and var read)
        {
            if ((left -= read) < 0)
                throw Refused(entry.FullName, $"more than {MostUnpacked / 1024 / 1024} MB when unpacked");
            unpacked.Write(buffer, 0, read);
        }
        return unpacked.ToArray();
    }
}
