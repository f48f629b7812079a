using LeftBehind.Contracts;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>
/// A student number (学籍号): G and the ID number, or an L or J number, from which no ID number is ever inferred. It may hold an
/// ID number, so it is personal data: hashed or sealed, never kept or shown as it is.
/// </summary>
public readonly record struct StudentNo
{
    private const int Longest = 64;

    private readonly string? number;

    private StudentNo(string number) => this.number = number;

    /// <summary>Reads a number as a source wrote it: full-width forms, lower case and spaces make no difference.</summary>
    public static bool TryRead(string text, out StudentNo studentNo)
    {
        studentNo = default;
        if (text.Length > Longest)
            return false;
        var plain = new string([.. text.Select(Narrow).Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant();
        if (plain.Length is 0 || !plain.All(char.IsAsciiLetterOrDigit))
            return false;
        studentNo = new(plain);
        return true;
    }

    /// <summary>G and the ID number: for life (全国学籍号).</summary>
    public bool IsLasting => number is ['G', ..];

    /// <summary>An L or J number, in whose place a lasting one comes.</summary>
    public bool IsTemporary => number is ['L' or 'J', ..];

    /// <summary>The ID number in a G number; empty for every other.</summary>
    public ResidentIdNumber IdNumber => number is ['G', .. var rest] ? ResidentIdNumber.Read(rest) : default;

    /// <summary>The normalised number: to be sealed or hashed.</summary>
    public string Reveal() => number ?? "";

    /// <summary>U+FF01–FF5E are the full-width forms of ASCII, as Chinese input methods write them.</summary>
    internal static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(StudentNo);
}
