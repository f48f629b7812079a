using System.Diagnostics;
using JasperFx.Events;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Days;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Subjects;
using Marten;
using Marten.Events.Projections;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// One fold a page: loads the subjects of the page in one query, folds the facts in order, and adds the differences of the
/// cells to the counters in the transaction that moves the progress. The only writer of the read model.
/// </summary>
public sealed class FiguresProjection(NpgsqlDataSource database, CountedTree counted) : IProjection
{
    /// <summary>The progress key.</summary>
    public const string ProgressName = "figures";

    private static readonly ActivitySource Spans = new("LeftBehind.Figures");

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        using var spans = new FoldSpans(Spans, events);
        // Should the page not be kept, the next one is told another number of changes, and reads its tree anew.
        counted.Keep(await FoldPage.ApplyAsync(operations, PlatformModule.Schema, database, counted, events, cancellation));
    }

    /// <summary>Up to where the log is folded.</summary>
    public static async Task<long> StandsAsync(NpgsqlConnection connection, NpgsqlTransaction? snapshot, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select last_seq_id from {PlatformModule.Schema}.mt_event_progression where name = $1", connection, snapshot);
        command.Parameters.Add(new() { Value = ProgressName + ":All" });
        return await command.ExecuteScalarAsync(ct) is long at ? at : 0;
    }
}
