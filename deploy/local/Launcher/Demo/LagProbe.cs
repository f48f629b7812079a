using System.Diagnostics;
using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Launcher.Demo;

/// <summary>How long a pushed child takes to be counted in the province: one push after another, each waited for at the figure.</summary>
internal sealed class LagProbe(LocalCalls calls, string county, string village)
{
    private const string Source = "lag-probe";

    /// <summary>The lags in milliseconds, sorted.</summary>
    internal async Task<double[]> MeasureAsync(int pushes, CancellationToken cancellation)
    {
        var lags = new double[pushes];
        using var push = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, county, Source, cancellation));
        var counted = await CountAsync(cancellation);
        for (var i = 0; i < pushes; i++)
        {
            var watch = Stopwatch.StartNew();
            await push.RequestStream.WriteAsync(Household(i), cancellation);
            if (!await push.ResponseStream.MoveNext(cancellation))
                throw new InvalidOperationException("The push ended early.");
            while (await CountAsync(cancellation) == counted)
                cancellation.ThrowIfCancellationRequested();
            lags[i] = watch.Elapsed.TotalMilliseconds;
            counted++;
        }
        await push.RequestStream.CompleteAsync();
        Array.Sort(lags);
        return lags;
    }

    /// <summary>One push in a stream of its own; answers its trace id.</summary>
    internal async Task<string> PushOneAsync(int number, CancellationToken cancellation)
    {
        using var push = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, county, Source, cancellation));
        await push.RequestStream.WriteAsync(Household(number), cancellation);
        await push.RequestStream.CompleteAsync();
        return await push.ResponseStream.MoveNext(cancellation) ? push.ResponseStream.Current.TraceId : throw new InvalidOperationException("The push ended early.");
    }

    private async Task<long> CountAsync(CancellationToken cancellation)
    {
        var figures = await calls.Platform.GetFiguresAsync(new() { DivisionCode = county[..2], Populations = { "onFile" }, Dimensions = { "total" } },
            calls.Bureau(county[..2], cancellation));
        return figures.Division.Figures.SingleOrDefault()?.Value ?? 0;
    }

    private HouseholdBatch Household(int i)
    {
        var (household, person) = ($"probe-{i}", $"probe-{i}-child");
        var at = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        return new()
        {
            BatchId = household,
            Rows =
            {
                new HouseholdRow { SourceEventId = household, SourceSequence = 2 * i + 1, OccurredAt = at, Household = new() { HouseholdNo = household, ResidenceCode = village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = person, SourceSequence = 2 * i + 2, OccurredAt = at, Member = new() { HouseholdNo = household, PersonNo = person, BirthDate = "2017-06-01", Sex = Sex.Male, Relation = Relation.Child } },
            },
        };
    }
}
