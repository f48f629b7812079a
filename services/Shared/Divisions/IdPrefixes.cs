using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>
/// Every six-digit prefix ever used in an ID number, abolished ones included (432821 郴县 is on grandparents' cards).
/// A prefix that is not listed warns; it never rejects.
/// </summary>
public sealed class IdPrefixes
{
    private readonly FrozenDictionary<int, string> _names;

    private IdPrefixes(FrozenDictionary<int, string> names)
    {
        _names = names;
        Codes = names.Keys.ToFrozenSet();
    }

    /// <summary>The prefixes, to be handed to <see cref="ResidentIdNumber.HasKnownPrefix"/>.</summary>
    public IReadOnlySet<int> Codes { get; }

    /// <summary>The name of the place when the prefix was given out; null when it never was.</summary>
    public string? NameOf(int prefix) => _names.GetValueOrDefault(prefix);

    /// <summary>Whether the number begins with a prefix that was once in use.</summary>
    public bool Knows(ResidentIdNumber number) => number.HasKnownPrefix(Codes);

    /// <summary>Reads the shipped <c>id-prefixes.csv.gz</c>: <c>code,name</c> lines.</summary>
    public static IdPrefixes Load(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var names = new Dictionary<int, string>();
        while (plain.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.Length < 8 || line[6] != ',' || !int.TryParse(line.AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new InvalidDataException($"ID prefix row {names.Count + 1}: a six-digit code and a name expected.");
            names.Add(code, line[7..]);
        }

        return new IdPrefixes(names.ToFrozenDictionary());
    }
}
