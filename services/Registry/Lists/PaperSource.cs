using System.Globalization;
using LeftBehind.Contracts;

namespace LeftBehind.Registry.Lists;

/// <summary>The source that the rows of a village's paper list are kept under, and how they refer to a household that is on file already.</summary>
public static class PaperSource
{
    private const string Prefix = "paper:", OnFile = "file:";

    /// <summary>The source of a village's lists.</summary>
    public static string Of(DivisionCode village) => Prefix + village.Digits;

    /// <summary>Whether a source is a village's list; no partner's may be.</summary>
    public static bool IsOne(string source) => source.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The number by which a list's row refers to a household that is on file, whoever told of it.</summary>
    public static string Number(Guid onFile) => OnFile + onFile.ToString("D");

    /// <summary>What such a number refers to; null for a source's own number.</summary>
    public static Guid? OnFileAs(string source, string number) =>
        IsOne(source) && number.StartsWith(OnFile, StringComparison.Ordinal) && Guid.TryParseExact(number.AsSpan(OnFile.Length), "D", out var id) ? id : null;

    /// <summary>Ids of rows hold no digits of a request's id: some of them would look like a phone's.</summary>
    public static string EventId(Guid import, int line, string kind) =>
        $"{string.Concat(import.ToString("N").Select(c => char.IsAsciiDigit(c) ? (char)('g' + (c - '0')) : c))}/{line.ToString(CultureInfo.InvariantCulture)}/{kind}";
}
