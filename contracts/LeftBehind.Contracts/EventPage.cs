namespace LeftBehind.Contracts;

/// <summary>
/// A contiguous range of one source's event log on its way to the consumers of that source.
/// Pages of one source are contiguous: the floor of a page is the ceiling of the page before it,
/// also where a range holds no fact that leaves the house. Every consumer counts on that to find a missing page.
/// </summary>
/// <param name="Source">The service whose log this is, for example <c>registry</c>.</param>
/// <param name="Incarnation">Made anew when a store is created or restored; sequences of two incarnations must never be mixed.</param>
/// <param name="Floor">Sequence before the first of this page (exclusive).</param>
/// <param name="Ceiling">Last sequence of this page (inclusive).</param>
/// <param name="RelayVersion">Raised when a release starts to relay event types that older releases kept in the house.</param>
/// <param name="Events">The facts, in log order. At most 256 KB together.</param>
public sealed record EventPage(
    string Source, Guid Incarnation, long Floor, long Ceiling, int RelayVersion, IReadOnlyList<PagedEvent> Events);

/// <summary>One fact of a page. Never carries a name, number, address or free text about a person.</summary>
/// <param name="Sequence">Position in the source's log. Two facts told by one source event share it.</param>
/// <param name="Id">Stable id of the fact, the same at every delivery.</param>
/// <param name="Stream">The source stream: facts of one stream are handled in order, also when one of them is parked.</param>
/// <param name="Version">Version of the source stream after this fact.</param>
/// <param name="Subject">The subject the fact is about (child, pupil, report, case).</param>
/// <param name="Type">Stored name, see <see cref="StoredNameAttribute"/>.</param>
/// <param name="OccurredAt">When it happened, as the partner or officer said; UTC.</param>
/// <param name="EffectiveOn">The day from which it counts, Asia/Shanghai.</param>
/// <param name="Origin">The partner's source system and event id, where the fact came of a push.</param>
/// <param name="Traceparent">W3C trace context of the push or call behind the fact; null when it is not sampled.</param>
/// <param name="Json">The fact itself.</param>
public sealed record PagedEvent(
    long Sequence, Guid Id, Guid Stream, long Version, Guid Subject, string Type,
    DateTimeOffset OccurredAt, DateOnly EffectiveOn, Origin? Origin, string? Traceparent, string Json)
{
    /// <summary>How many incarnations of the source this consumer has outlived; set on taking. Sequences of two epochs must never be compared.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int Epoch { get; init; }
}

/// <summary>Where a fact entered the installation.</summary>
/// <param name="Source">The partner's source system, for example <c>population-base</c>.</param>
/// <param name="EventId">The partner's own id of the row, unique within the source.</param>
public sealed record Origin(string Source, string EventId);
