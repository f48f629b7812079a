using System.Globalization;
using System.Text.RegularExpressions;

namespace LeftBehind.Launcher.Testing;

/// <summary>How many tests passed, failed and were skipped.</summary>
internal sealed partial record TestCounts(int Passed, int Failed, int Skipped)
{
    internal static TestCounts None { get; } = new(0, 0, 0);

    /// <summary>A project that broke off, or ran nothing at all, counts as one failure.</summary>
    internal static TestCounts Broken { get; } = new(0, 1, 0);

    public static TestCounts operator +(TestCounts a, TestCounts b) =>
        new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    /// <summary>The counts in the closing summary of an xunit v3 program; null for any other line.</summary>
    internal static TestCounts? FromSummary(string line)
    {
        var match = Summary().Match(line);
        if (!match.Success)
            return null;
        int Number(string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        return new(
            Number("total") - Number("failed") - Number("skipped") - Number("notrun"),
            Number("failed") + Number("errors"),
            Number("skipped") + Number("notrun"));
    }

    /// <summary>The closing line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped");

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: (?<errors>\d+), Failed: (?<failed>\d+), Skipped: (?<skipped>\d+), Not Run: (?<notrun>\d+)")]
    private static partial Regex Summary();
}
