using System.Diagnostics;
using System.Globalization;
using LeftBehind.Access;
using LeftBehind.Launcher.Calls;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Launcher.Demo;

/// <summary>How long a pushed child takes to be counted in the province: one push after another, each waited for at the figure.</summary>
internal sealed class LagProbe(LocalCalls calls, string county, string village)
{
    private const string Source = "lag-probe";
    private const string BirthDate = "2017-06-01";

    // Of a prefix that nobody of the population has.
    private const string IdNumber = "11010120170601901X";

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

    /// <summary>A child of its own and then, in a push of its own, the same child as a pupil; answers the trace id of the pupil's push.</summary>
    internal async Task<string> PushPupilAsync(int number, CancellationToken cancellation)
    {
        const string Name = "石小溪";
        using (var push = calls.Registry.PushHouseholds(calls.As(Department.Partner, Role.Partner, county, Source, cancellation)))
        {
            var child = Household(number);
            (child.Rows[1].Member.Name, child.Rows[1].Member.IdNumber) = (Name, IdNumber);
            await push.RequestStream.WriteAsync(child, cancellation);
            await push.RequestStream.CompleteAsync();
            if (!await push.ResponseStream.MoveNext(cancellation))
                throw new InvalidOperationException("The push ended early.");
        }
        using var roll = calls.Education.PushStudentRoll(calls.As(Department.Partner, Role.Partner, county, Source, cancellation));
        var pupil = new RollRow
        {
            SourceEventId = $"probe-{number}-pupil", SourceSequence = 1, OccurredAt = Now(), StudentNo = "G" + IdNumber,
            Enrolled = new() { Name = Name, BirthDate = BirthDate, Sex = Protos.Education.V1.Sex.Male, SchoolNo = "probe", SchoolCode = village, Stage = Stage.Primary },
        };
        await roll.RequestStream.WriteAsync(new() { BatchId = "pupil", Rows = { pupil } }, cancellation);
        await roll.RequestStream.CompleteAsync();
        return await roll.ResponseStream.MoveNext(cancellation)
            ? roll.ResponseStream.Current.TraceId
            : throw new InvalidOperationException("The push ended early.");
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
        var at = Now();
        return new()
        {
            BatchId = household,
            Rows =
            {
                new HouseholdRow { SourceEventId = household, SourceSequence = 2 * i + 1, OccurredAt = at, Household = new() { HouseholdNo = household, ResidenceCode = village, Residency = Residency.Rural } },
                new HouseholdRow { SourceEventId = person, SourceSequence = 2 * i + 2, OccurredAt = at, Member = new() { HouseholdNo = household, PersonNo = person, BirthDate = BirthDate, Sex = Protos.Registry.V1.Sex.Male, Relation = Relation.Child } },
            },
        };
    }

    private static string Now() => DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
}
