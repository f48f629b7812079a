using System.Diagnostics;
using Grpc.Core;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Protos.Platform.V1;
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Rebuild;

/// <summary>
/// Makes all figures anew from the log, beside the live ones, tells in what they differ, and has them take their place. One at a time;
/// killed anywhere, the live figures are as they were, and the next rebuild begins anew.
/// </summary>
public sealed class RebuildFigures(NpgsqlDataSource database, IDocumentStore marten, CountedTree counted)
{
    private const string Lock = "figures are rebuilt";
    private const long EventsATelling = 100_000;

    public async Task RunAsync(RebuildFiguresRequest request, Func<RebuildProgress, Task> tell, CancellationToken ct)
    {
        await using var held = await HeldLock.TryTakeAsync(database, Lock, ct) ?? throw new RpcException(new(StatusCode.FailedPrecondition, "a rebuild is running"));
        await RunAsync(request.CompareOnly, tell, ct);
    }

    private async Task RunAsync(bool compareOnly, Func<RebuildProgress, Task> tell, CancellationToken ct)
    {
        var (began, events, told) = (Stopwatch.GetTimestamp(), 0L, 0L);
        using var telling = new SemaphoreSlim(1);
        long upTo;
        await using (var connection = await database.OpenConnectionAsync(ct))
            upTo = await FiguresProjection.StandsAsync(connection, null, ct);
        var subjects = new FoldSubjects(database, counted);
        var (day, tree) = (await subjects.DayAsync(upTo, ct), await subjects.TreeAsync(upTo, ct));
        await using var next = new NextFigures(database, tree, NextFigures.Schema);
        await next.BeginAsync(ct);
        await subjects.FoldAsync(upTo, day, tree, async (folded, of) =>
        {
            await next.AddAsync(folded, ct);
            await telling.WaitAsync(ct);
            try
            {
                if ((events += of) - told < EventsATelling)
                    return;
                told = events;
                await tell(Progress());
            }
            finally
            {
                telling.Release();
            }
        }, ct);
        await next.EndAsync(day, ct);
        var folding = Stopwatch.GetElapsedTime(began);
        var switched = await new SwitchFigures(database, marten, counted).RunAsync(upTo, compareOnly, ct);
        var done = Progress();
        (done.Done, done.AsOfSequence, done.Figures, done.FoldSeconds) = (true, switched.Sequence, switched.Figures, folding.TotalSeconds);
        (done.FigureDifferences, done.SubjectDifferences, done.Switched) = (switched.DifferingFigures, switched.DifferingSubjects, switched.Taken);
        await tell(done);

        RebuildProgress Progress() => new() { Events = events, Subjects = next.Subjects, Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds };
    }
}
