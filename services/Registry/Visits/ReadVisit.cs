using System.Text;
using LeftBehind.Calls;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>Reads what a request tells of a visit, field by field, and seals its notes.</summary>
public sealed class ReadVisit(KeyedDigest digests)
{
    private const int LongestNote = 2000;

    /// <summary>What was found, without the note, which is sealed later under the child's key.</summary>
    public ReadContent Content(IEnumerable<V1.VisitFinding> findings, bool verifiesIdentity, string note, string field)
    {
        var read = findings.Select(f => Requests.Word<VisitFinding>(f, field + "findings")).Distinct().Order().ToList();
        if (read.Count == 0)
            throw Requests.Invalid($"{field}findings: at least one");
        if (read.Select(f => f.Area()).Distinct().Count() < read.Count)
            throw Requests.Invalid($"{field}findings: one of each area at most");
        var text = Texts.Prose(note, field + "note", 0, LongestNote);
        var digest = text.Length == 0 ? "" : Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        return new(text, new(read, verifiesIdentity, null, digest));
    }

    /// <summary>The content with its note sealed; a child that was erased has none any more.</summary>
    public static VisitContent Seal(ReadContent read, PersonKey? key) => read.Note.Length == 0 ? read.Content
        : key is { IsDestroyed: false } ? read.Content with { Note = key.SealJson(read.Note) }
        : throw new RejectedException("The child's personal data was erased: no note of it is kept.");
}

/// <summary>A visit's content as told, and its note in the clear.</summary>
public sealed record ReadContent(string Note, VisitContent Content)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ReadContent);
}
