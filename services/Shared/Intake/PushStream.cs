using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Intake;

/// <summary>The gRPC side of a way in: batch by batch, each answered after its own commit. A cut stream loses no answered batch.</summary>
public static class PushStream
{
    /// <summary>Serves one push stream until the partner completes it.</summary>
    public static async Task ServeAsync<TBatch, TRow>(
        this WayIn<TRow> way, IAsyncStreamReader<TBatch> batches, IServerStreamWriter<BatchVerdicts> answers,
        Func<TBatch, string> idOf, Func<TBatch, IReadOnlyList<TRow>> rowsOf, ServerCallContext context)
        where TRow : class, IMessage<TRow>
    {
        var caller = context.GetCaller();
        while (await MovesOnAsync(batches, context.CancellationToken))
        {
            var batch = batches.Current;
            await answers.WriteAsync(await way.TakeAsync(idOf(batch), rowsOf(batch), caller, context.CancellationToken), context.CancellationToken);
        }
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
