using System.Text;

namespace LeftBehind.Registry.Matching;

/// <summary>Forms of names by which they are compared. Pure.</summary>
public static class NameForms
{
    /// <summary>The normal form: spaces, full-width letters, case and the middle dots of transcribed names make no difference.</summary>
    public static string Normal(string name) =>
        // By hand: normalisation form KC does nothing where globalization is invariant.
        new([.. name.Where(c => !char.IsWhiteSpace(c)).Select(Narrow).Where(c => c is not ('·' or '•' or '・' or '.'))]);

    /// <summary>Same, one character apart in a name of at least three, or different; unknown where either is missing.</summary>
    public static Agreement Compare(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0)
            return Agreement.Unknown;
        if (one == other)
            return Agreement.Same;
        Rune[] a = [.. one.EnumerateRunes()], b = [.. other.EnumerateRunes()];
        return Math.Max(a.Length, b.Length) >= 3 && IsOneApart(a, b) ? Agreement.Near : Agreement.Different;
    }

    /// <summary>The name without its first character: the given name, as far as form can tell.</summary>
    public static string Given(string name) => string.Concat(name.EnumerateRunes().Skip(1));

    /// <summary>One character replaced, left out, put in, or two neighbours swapped.</summary>
    public static bool IsOneApart<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : IEquatable<T>
    {
        if (Math.Abs(a.Length - b.Length) > 1)
            return false;
        var start = a.CommonPrefixLength(b);
        ReadOnlySpan<T> x = a[start..], y = b[start..];
        if (x.Length != y.Length)
            return x.Length > y.Length ? x[1..].SequenceEqual(y) : x.SequenceEqual(y[1..]);
        return x.Length > 0 && (x[1..].SequenceEqual(y[1..])
            || (x.Length > 1 && x[0].Equals(y[1]) && x[1].Equals(y[0]) && x[2..].SequenceEqual(y[2..])));
    }

    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
}
