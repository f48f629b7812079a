using System.Diagnostics;
using Grpc.Core;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Launcher.Demo;

/// <summary>One partner pushing batches over one stream, a few ahead of the answers, and what came back.</summary>
internal sealed class PushRun
{
    private const int BatchesAhead = 4;

    internal Dictionary<Verdict, long> Verdicts { get; } = [];

    internal long Repeated { get; private set; }

    internal long Rows { get; private set; }

    internal TimeSpan Took { get; private set; }

    /// <summary>Pushes all batches; every batch is answered after its commit.</summary>
    internal async Task PushAsync<TBatch>(AsyncDuplexStreamingCall<TBatch, BatchVerdicts> call, IEnumerable<TBatch> batches, Action<long>? progress = null)
        where TBatch : class
    {
        var watch = Stopwatch.StartNew();
        using var window = new SemaphoreSlim(BatchesAhead);
        var answers = Task.Run(async () =>
        {
            while (await call.ResponseStream.MoveNext(default))
            {
                Take(call.ResponseStream.Current);
                window.Release();
                progress?.Invoke(Rows);
            }
        });
        foreach (var batch in batches)
        {
            while (!await window.WaitAsync(TimeSpan.FromSeconds(1)))
                if (answers.IsCompleted)
                    await answers;
            await call.RequestStream.WriteAsync(batch);
        }
        await call.RequestStream.CompleteAsync();
        await answers;
        Took = watch.Elapsed;
    }

    private void Take(BatchVerdicts answer)
    {
        if (answer.BatchError.Length > 0)
            throw new InvalidOperationException($"A batch was refused: {answer.BatchError}");
        foreach (var row in answer.Rows)
        {
            Rows++;
            if (row.Repeated)
                Repeated++;
            else
                Verdicts[row.Verdict] = Verdicts.GetValueOrDefault(row.Verdict) + 1;
        }
    }
}
