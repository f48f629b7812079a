using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Operations.V1;

namespace LeftBehind.Intake;

/// <summary>
/// The second answer on a receipt: what happened beyond this service. The services that take its facts are asked when the
/// receipt is read, so the answer is never older than the question; one that does not answer in time is named.
/// </summary>
public sealed class Beyond(Func<string, Lanes.LanesClient> clientOf, IReadOnlyList<string> consumers)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);

    internal Task AskAsync(Receipt receipt, CancellationToken ct) => Task.WhenAll(consumers.Select(async consumer =>
    {
        FindParkedResponse? answer = null;
        try
        {
            answer = await clientOf(consumer).FindParkedAsync(
                new() { Source = receipt.Source, SourceEventId = receipt.Verdict.SourceEventId }, deadline: DateTime.UtcNow + Within, cancellationToken: ct);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException && !ct.IsCancellationRequested)
        {
            // said below: nothing is known of this consumer
        }
        lock (receipt)
        {
            if (answer is null)
                receipt.Unanswered.Add(consumer);
            else if (answer.Parked)
                receipt.ParkedIn.Add(consumer);
            if (answer is { Discarded: true })
                receipt.GivenUpIn.Add(new GivenUp { Service = consumer, Reason = answer.DiscardReason });
        }
    }));
}
