using System.Runtime.CompilerServices;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using Npgsql;

namespace LeftBehind.Platform.Rebuild;

/// <summary>A subject at the end of its stream, with the place and measures it is counted under.</summary>
internal sealed record FoldedSubject(Guid Id, SubjectFacts Facts, DivisionId? Village, DateOnly? TurnsOn, short[] Measures);

/// <summary>
/// Folds the whole log stream by stream. What a subject's facts become depends on its own stream alone, so each is folded to its end
/// and counted once; the live fold reaches the same sum by differences, page by page.
/// </summary>
internal sealed class FoldSubjects(NpgsqlDataSource database, CountedTree counted)
{
    private const int EventsAtATime = 5_000;

    private sealed record Stored(Guid Stream, string Type, string Data, string Headers);

    /// <summary>The last day turned up to a place in the log.</summary>
    public async Task<DateOnly> DayAsync(long upTo, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select max(data ->> 'day') from {PlatformModule.Schema}.mt_events where stream_id = $1 and seq_id <= $2");
        command.Parameters.Add(new() { Value = Calendar.StreamId });
        command.Parameters.Add(new() { Value = upTo });
        return await command.ExecuteScalarAsync(ct) is string day ? DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : DateOnly.MinValue;
    }

    /// <summary>The tree after the changes up to a place in the log.</summary>
    public async Task<DivisionTree> TreeAsync(long upTo, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var changes = new NpgsqlCommand($"select count(*) from {PlatformModule.Schema}.mt_events where stream_id = $1 and seq_id <= $2", connection);
        changes.Parameters.Add(new() { Value = DivisionStream.StreamId });
        changes.Parameters.Add(new() { Value = upTo });
        return await counted.AfterAsync(connection, (long)(await changes.ExecuteScalarAsync(ct))!, ct);
    }

    /// <summary>All subjects up to a place in the log, some at a time and on all processors, each once.</summary>
    /// <param name="upTo">The place, inclusive.</param>
    /// <param name="day">The day they are counted on.</param>
    /// <param name="tree">The tree they are counted in.</param>
    /// <param name="take">Takes some of them, and how many events they came of; called by several at a time.</param>
    /// <param name="ct">Ends the work.</param>
    public Task FoldAsync(long upTo, DateOnly day, DivisionTree tree, Func<List<FoldedSubject>, int, Task> take, CancellationToken ct) => Parallel.ForEachAsync(
        StreamsAsync(upTo, ct), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
        async (events, _) => await take(Fold(events, day, tree), events.Count));

    /// <summary>Events of whole streams, in the order of each.</summary>
    private async IAsyncEnumerable<List<Stored>> StreamsAsync(long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var reading = await connection.BeginTransactionAsync(ct);
        // By the key's own order: to sort a whole log would write it once more.
        await using (var planned = new NpgsqlCommand("set local enable_sort = off", connection, reading))
            await planned.ExecuteNonQueryAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select stream_id, type, data::text, headers::text from {PlatformModule.Schema}.mt_events where seq_id <= $1 order by stream_id, version", connection, reading)
        {
            CommandTimeout = 0, Parameters = { new() { Value = upTo } },
        };
        var events = new List<Stored>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var e = new Stored(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
            if (events.Count >= EventsAtATime && events[^1].Stream != e.Stream)
            {
                yield return events;
                events = new(EventsAtATime);
            }
            events.Add(e);
        }
        yield return events;
    }

    private static List<FoldedSubject> Fold(List<Stored> events, DateOnly day, DivisionTree tree)
    {
        var folded = new List<FoldedSubject>();
        for (var i = 0; i < events.Count;)
        {
            var (stream, facts) = (events[i].Stream, new SubjectFacts());
            for (; i < events.Count && events[i].Stream == stream; i++)
                if (EventMeta.Read(events[i].Headers).Told is { } told && Contract.Facts.Read(events[i].Type, events[i].Data) is var fact && CountedAs.IsOf(stream, fact))
                    facts = facts.After(fact, told);
            if (facts.Kind is not SubjectKind.None)
                folded.Add(new(stream, facts, facts.Village is { } village ? tree.CountedIn(village) : null, Cells.TurnsOn(facts, day), Cells.Of(facts, day)));
        }
        return folded;
    }
}
