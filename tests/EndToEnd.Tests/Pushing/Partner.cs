using Grpc.Core;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>
/// A partner as its documents ask it to be: it keeps a few batches ahead of the answers, and when the stream breaks it opens
/// another and sends every batch again that was not answered.
/// </summary>
internal sealed class Partner<TBatch>(IReadOnlyList<TBatch> batches, Func<AsyncDuplexStreamingCall<TBatch, BatchVerdicts>> open) where TBatch : class
{
    private const int BatchesAhead = 4;
    private readonly List<BatchVerdicts> answers = [];
    private readonly Dictionary<int, TaskCompletionSource> awaited = [];

    /// <summary>The answers so far, in the order of the batches.</summary>
    public IReadOnlyList<BatchVerdicts> Answers => answers;

    /// <summary>How many batches there are.</summary>
    public int Batches => batches.Count;

    /// <summary>How often the stream broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Completes when so many batches are answered; to be asked before the push begins.</summary>
    public Task AnsweredAsync(int count) => (awaited[count] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Pushes until every batch is answered.</summary>
    /// <param name="mended">Awaited after a break, before the stream is opened again.</param>
    public async Task PushAsync(Func<Task>? mended = null)
    {
        while (answers.Count < batches.Count)
        {
            try
            {
                await PushUnansweredAsync();
            }
            catch (RpcException broken) when (mended is not null && IsTransient(broken))
            {
                Breaks++;
                await mended();
            }
        }
    }

    private async Task PushUnansweredAsync()
    {
        using var call = open();
        var sent = answers.Count;
        try
        {
            while (answers.Count < batches.Count)
            {
                while (sent < batches.Count && sent < answers.Count + BatchesAhead)
                    await call.RequestStream.WriteAsync(batches[sent++]);
                if (!await call.ResponseStream.MoveNext(default))
                    throw new RpcException(new(StatusCode.Unavailable, "The stream ended before all batches were answered."));
                answers.Add(call.ResponseStream.Current);
                if (awaited.TryGetValue(answers.Count, out var reached))
                    reached.SetResult();
            }
            await call.RequestStream.CompleteAsync();
        }
        catch (InvalidOperationException)
        {
            // A write on a call that has ended says so in its own words; the call's status comes after its last answer.
            while (await call.ResponseStream.MoveNext(default))
                answers.Add(call.ResponseStream.Current);
            throw;
        }
    }

    /// <summary>The server said so, or the connection was cut: then the status was made here, of an exception.</summary>
    private static bool IsTransient(RpcException broken) =>
        broken.StatusCode is StatusCode.Unavailable or StatusCode.Aborted || broken.Status.DebugException is not null;
}
