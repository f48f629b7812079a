using System.Text.RegularExpressions;

namespace LeftBehind.Architecture.Tests;

/// <summary>Conventions that a reader relies on and a compiler does not see.</summary>
public sealed partial class ConventionTests
{
    // A log line is written when it is written, and a gRPC deadline is measured by the system's clock.
    private static readonly string[] OnTheSystemsClock = ["services/ServiceDefaults/RedactingFormatter.cs", "services/Shared/Intake/Beyond.cs"];

    [Fact]
    public void Time_comes_from_a_time_provider() => Assert.DoesNotContain(
        LinesThat(SystemClock(), "services", "contracts"), found => !OnTheSystemsClock.Any(f => found.StartsWith(f, StringComparison.Ordinal)));

    [Fact]
    public void Names_say_what_a_thing_is() => Assert.Empty(LinesThat(EmptyName(), "services", "contracts"));

    [Fact]
    public void Decisions_are_pure() => Assert.Empty(LinesThat(ImpureDecide(), "services"));

    [Fact]
    public void Tests_wait_on_facts() => Assert.DoesNotContain(LinesThat(Waits(), "tests"), found => !found.Contains("Timeout.Infinite", StringComparison.Ordinal));

    [Fact]
    public void No_test_is_skipped_and_nothing_is_left_to_do() => Assert.DoesNotContain(
        LinesThat(LeftUndone(), "services", "contracts", "deploy", "tests"), found => !found.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal));

    private static IEnumerable<string> LinesThat(Regex match, params string[] folders) =>
        from file in folders.SelectMany(Sources.CSharp)
        from line in file.Lines
        where match.IsMatch(line)
        select $"{file.Path}: {line.Trim()}";

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(UtcNow|Now|Today)\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w+(Manager|Helper|Dto|Command|Info|Util|Utils)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\b(async|Task<).*\bDecide\(|\bDecide\(.*(EventStore|IDocumentSession|NpgsqlConnection|TimeProvider)\b")]
    private static partial Regex ImpureDecide();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(")]
    private static partial Regex Waits();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|NotImplementedException|\bSkip\s*=")]
    private static partial Regex LeftUndone();
}
