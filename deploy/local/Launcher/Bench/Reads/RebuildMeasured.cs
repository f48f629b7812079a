using System.Diagnostics;
using Grpc.Core;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Platform.V1;
using Npgsql;

namespace LeftBehind.Launcher.Bench.Reads;

/// <summary>All figures made anew from the log, beside one GROUP BY over the same events.</summary>
/// <param name="Events">Folded.</param>
/// <param name="FoldSeconds">Until they were folded and written.</param>
/// <param name="Seconds">Until the new figures were compared and had taken the place of the live ones.</param>
/// <param name="GroupBySeconds">What PostgreSQL took to count the events by kind, place and category.</param>
/// <param name="Differences">Figures and subjects that differed from the live ones.</param>
internal sealed record RebuildMeasured(long Events, double FoldSeconds, double Seconds, double GroupBySeconds, long Differences)
{
    public double EventsPerSecond => Events / Seconds;

    internal static async Task<RebuildMeasured> MeasureAsync(LocalCalls calls, string store, CancellationToken cancellation)
    {
        var last = new RebuildProgress();
        using (var call = calls.Platform.RebuildFigures(new(), calls.Operations(cancellation)))
            while (await call.ResponseStream.MoveNext(cancellation))
                last = call.ResponseStream.Current;
        await using var database = NpgsqlDataSource.Create(store);
        await using var command = database.CreateCommand("""
            select count(*) from (select type, data #>> '{after,residence}', data #>> '{after,category}', count(*) from platform.mt_events where seq_id <= $1 group by 1, 2, 3) counted
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = last.AsOfSequence });
        var watch = Stopwatch.StartNew();
        await command.ExecuteScalarAsync(cancellation);
        return new(last.Events, last.FoldSeconds, last.Seconds, watch.Elapsed.TotalSeconds, last.FigureDifferences + last.SubjectDifferences);
    }
}
