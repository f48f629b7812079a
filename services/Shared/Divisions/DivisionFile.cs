using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>The columns of the tree, one entry a division in tree order; names are one UTF-8 text cut by their starts.</summary>
internal sealed record DivisionColumns(
    DateOnly Edition, int[] Counts, long[] Ids, int[] Parents, int[] SubtreeEnds, bool[] Virtual, byte[] Names, int[] NameStarts);

/// <summary>Reads the shipped format (deploy/data/README.md): a header with the counts, then <c>code,name,flags</c> in tree order.</summary>
internal sealed partial class DivisionFile
{
    private const int Levels = 5;

    private readonly DivisionColumns _columns;
    private readonly int[] _open = [-1, -1, -1, -1, -1];
    private readonly int[] _seen = new int[Levels];
    private int _rows;
    private int _nameBytes;

    private DivisionFile(string header)
    {
        var match = Header().Match(header);
        if (!match.Success)
            throw new InvalidDataException("The division file does not begin with its edition, counts and name bytes.");
        var counts = match.Groups["count"].Captures.Select(c => int.Parse(c.Value, CultureInfo.InvariantCulture)).ToArray();
        var total = counts.Sum();
        _columns = new DivisionColumns(
            DateOnly.ParseExact(match.Groups["edition"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture), counts,
            new long[total], new int[total], new int[total], new bool[total],
            new byte[int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture)], new int[total + 1]);
    }

    public static DivisionColumns Read(Stream gzip)
    {
        using var plain = new GZipStream(gzip, CompressionMode.Decompress);
        DivisionFile? file = null;
        foreach (var line in Lines(plain))
        {
            if (file is null)
                file = new DivisionFile(Encoding.UTF8.GetString(line.Span));
            else if (line.Length > 0 && line.Span[0] != '#')
                file.Add(line.Span);
        }

        return file?.Finish() ?? throw new InvalidDataException("The division file is empty.");
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream stream)
    {
        var buffer = new byte[128 * 1024];
        var kept = 0;
        for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var filled = kept + read;
            var start = 0;
            for (int length; (length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0; start += length + 1)
                yield return buffer.AsMemory(start, length);
            kept = filled - start;
            if (kept == buffer.Length)
                throw new InvalidDataException("A line of the division file is too long.");
            buffer.AsSpan(start, kept).CopyTo(buffer);
        }

        if (kept > 0)
            yield return buffer.AsMemory(0, kept);
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        if (_rows == _columns.Ids.Length)
            throw new InvalidDataException("The division file has more rows than its header says.");
        if (!Utf8Parser.TryParse(line, out long code, out var digits) || DivisionCode.LevelOf(digits) is not { } level
            || line[0] is < (byte)'1' or > (byte)'9' || digits >= line.Length || line[digits] != ',')
            throw Wrong("a code of 2, 4, 6, 9 or 12 digits and a comma expected");
        var rest = line[(digits + 1)..];
        var comma = rest.LastIndexOf((byte)',');
        if (comma <= 0)
            throw Wrong("name and flags expected");
        var name = rest[..comma];
        if (_nameBytes + name.Length > _columns.Names.Length)
            throw Wrong("the names take more bytes than the header says");

        var depth = (int)level - 1;
        if (depth > 0 && _open[depth - 1] < 0)
            throw Wrong("the division has no parent above it");
        Close(depth);
        _open[depth] = _rows;
        _seen[depth]++;
        _columns.Ids[_rows] = DivisionId.Of(code, level, _columns.Edition.Year).Value;
        _columns.Parents[_rows] = depth == 0 ? -1 : _open[depth - 1];
        _columns.Virtual[_rows] = rest[(comma + 1)..].IndexOfAny((byte)'v', (byte)'r') >= 0;
        name.CopyTo(_columns.Names.AsSpan(_nameBytes));
        _columns.NameStarts[_rows] = _nameBytes;
        _nameBytes += name.Length;
        _rows++;
    }

    /// <summary>A row of some level ends every subtree of that level and below.</summary>
    private void Close(int depth)
    {
        for (; depth < Levels; depth++)
        {
            if (_open[depth] >= 0)
                _columns.SubtreeEnds[_open[depth]] = _rows;
            _open[depth] = -1;
        }
    }

    private DivisionColumns Finish()
    {
        Close(0);
        if (!_seen.SequenceEqual(_columns.Counts) || _nameBytes != _columns.Names.Length)
            throw new InvalidDataException("The division file has fewer rows than its header says, or other ones.");
        _columns.NameStarts[_rows] = _nameBytes;
        return _columns;
    }

    private InvalidDataException Wrong(string what) => new($"Division row {_rows + 1}: {what}.");

    [GeneratedRegex(@"^# edition=(?<edition>\d{4}-\d\d-\d\d) counts=(?<count>\d{1,8})(/(?<count>\d{1,8})){4} name-bytes=(?<bytes>\d{1,9})$")]
    private static partial Regex Header();
}
