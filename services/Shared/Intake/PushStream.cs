using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Intake;

/// <summary>The gRPC side of a way in: batch by batch, each answered after its own commit, the next one read meanwhile. A cut stream loses no answered batch.</summary>
public static class PushStream
{
    /// <summary>Serves one push stream until the partner completes it.</summary>
    public static async Task ServeAsync<TBatch, TRow>(
        this WayIn<TRow> way, IAsyncStreamReader<TBatch> batches, IServerStreamWriter<BatchVerdicts> answers,
        Func<TBatch, string> idOf, Func<TBatch, IReadOnlyList<TRow>> rowsOf, ServerCallContext context)
        where TRow : class, IMessage<TRow>
    {
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        var next = NextAsync();
        try
        {
            while (await next is { } batch)
            {
                // Read and checked while this one is written.
                next = NextAsync();
                await answers.WriteAsync(await way.TakeAsync(batch, ct), ct);
            }
        }
        finally
        {
            // Of a call that failed nobody asks for the next batch, or for its failure.
            _ = next.ContinueWith(static unasked => unasked.Exception, ct, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        Task<ReadBatch<TRow>?> NextAsync() => Task.Run(async () =>
            await MovesOnAsync(batches, ct) ? way.Read(idOf(batches.Current), rowsOf(batches.Current), caller) : null, ct);
    }

    /// <summary>False also when the partner cut the stream: that is its affair, and no failure of the service.</summary>
    private static async Task<bool> MovesOnAsync<TBatch>(IAsyncStreamReader<TBatch> batches, CancellationToken ct)
    {
        try
        {
            return await batches.MoveNext(ct);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
