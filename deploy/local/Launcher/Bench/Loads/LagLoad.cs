using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Launcher.Bench.Meters;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Launcher.Bench.Loads;

/// <summary>
/// Open loop: new households of one child each, a small batch every 20 ms whether or not the one before is answered. Counts
/// rise in the order of pushing, so the n-th child is counted when the province has n more.
/// </summary>
internal sealed class LagLoad(LocalCalls calls, InstallationMeter meter, string village, string source)
{
    private const int WarmUpChildren = 300;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(20), WarmUp = TimeSpan.FromSeconds(3), PollEvery = TimeSpan.FromMilliseconds(4), Patience = TimeSpan.FromMinutes(1);

    private int households;

    internal async Task<LagMeasured> MeasureAsync(int eventsPerSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var eventsPerChild = await EventsPerChildAsync(cancellation);
        var before = await meter.ReadAsync(cancellation);
        var (answers, lags) = await RunAsync(eventsPerSecond / eventsPerChild, duration, cancellation);
        var spent = (await meter.ReadAsync(cancellation)).Since(before);
        return new(eventsPerSecond, spent.Events / duration.TotalSeconds, Latencies.Of(answers), Latencies.Of(lags), spent);
    }

    /// <summary>Learnt in a warm-up of small batches, so that their just-in-time compilation is no push's lag.</summary>
    private async Task<double> EventsPerChildAsync(CancellationToken cancellation)
    {
        var before = await meter.LatestEventAsync(cancellation);
        await RunAsync(WarmUpChildren / WarmUp.TotalSeconds, WarmUp, cancellation);
        return (await meter.LatestEventAsync(cancellation) - before) / (double)WarmUpChildren;
    }

    /// <summary>Microseconds from the intended push until each batch was answered, and until each child was counted.</summary>
    private async Task<(long[] Answers, long[] Lags)> RunAsync(double childrenPerSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var slots = (int)(duration / Slot);
        var due = Enumerable.Range(0, slots + 1).Select(slot => (int)Math.Round(slot * Slot.TotalSeconds * childrenPerSecond)).ToArray();
        using var push = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, BenchProfile.County, source, cancellation));
        var bureau = calls.Bureau(BenchProfile.Province, cancellation);
        var before = await CountAsync(bureau);
        var watch = Stopwatch.StartNew();
        var answers = AnswersAsync(push.ResponseStream, watch, cancellation);
        var seen = SeeAsync(due[^1], before, bureau, watch, duration + Patience, cancellation);
        for (var slot = 0; slot < slots; slot++)
        {
            if (Slot * slot - watch.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, cancellation);
            if (due[slot + 1] > due[slot])
                await push.RequestStream.WriteAsync(Batch(due[slot + 1] - due[slot]), cancellation);
        }
        await push.RequestStream.CompleteAsync();
        var (answered, counted) = (await answers, await seen);
        var pushes = Enumerable.Range(0, slots).Where(slot => due[slot + 1] > due[slot]).ToList();
        return ([.. pushes.Zip(answered, (slot, at) => (long)(at - Slot * slot).TotalMicroseconds)],
            [.. pushes.SelectMany(slot => counted[due[slot]..due[slot + 1]].Select(at => (long)(at - Slot * slot).TotalMicroseconds))]);
    }

    private async Task<TimeSpan[]> SeeAsync(
        int children, long before, CallOptions bureau, Stopwatch watch, TimeSpan limit, CancellationToken cancellation)
    {
        var at = new TimeSpan[children];
        using var timer = new PeriodicTimer(PollEvery);
        for (var seen = 0; seen < children; await timer.WaitForNextTickAsync(cancellation))
        {
            for (var now = Math.Min(children, await CountAsync(bureau) - before); seen < now; seen++)
                at[seen] = watch.Elapsed;
            if (watch.Elapsed > limit)
                throw new TimeoutException($"{children - seen} of {children} children are not counted.");
        }
        return at;
    }

    private async Task<long> CountAsync(CallOptions bureau)
    {
        var figures = await calls.Platform.GetFiguresAsync(
            new GetFiguresRequest { DivisionCode = BenchProfile.Province, Populations = { "onFile" }, Dimensions = { "total" } }, bureau);
        return figures.Division.Figures.SingleOrDefault()?.Value ?? 0;
    }

    private static async Task<List<TimeSpan>> AnswersAsync(
        IAsyncStreamReader<Protos.Intake.V1.BatchVerdicts> answers, Stopwatch watch, CancellationToken cancellation)
    {
        var at = new List<TimeSpan>();
        for (; await answers.MoveNext(cancellation); at.Add(watch.Elapsed))
            if (answers.Current.BatchError.Length > 0)
                throw new InvalidOperationException($"A batch was refused: {answers.Current.BatchError}");
        return at;
    }

    private HouseholdBatch Batch(int size)
    {
        var at = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        var batch = new HouseholdBatch { BatchId = $"lag-{households}" };
        for (var i = 0; i < size; i++)
        {
            var number = households++;
            var (household, person) = ($"lag-{number}", $"lag-{number}-child");
            batch.Rows.Add(new HouseholdRow { SourceEventId = household, SourceSequence = 2 * number + 1, OccurredAt = at, Household = new() { HouseholdNo = household, ResidenceCode = village, Residency = Residency.Rural } });
            batch.Rows.Add(new HouseholdRow { SourceEventId = person, SourceSequence = 2 * number + 2, OccurredAt = at, Member = new() { HouseholdNo = household, PersonNo = person, BirthDate = "2017-06-01", Sex = Sex.Male, Relation = Relation.Child } });
        }
        return batch;
    }
}
