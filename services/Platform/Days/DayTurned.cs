using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.Platform.Days;

/// <summary>A day began, Asia/Shanghai. Ages are counted on the last day turned, never by the clock, so that fold, recount and rebuild agree.</summary>
[StoredName("day_turned")]
public sealed record DayTurned(DateOnly Day);

/// <summary>The stream of days.</summary>
public sealed record Calendar(Guid Id) : IFolded<Calendar>
{
    public static readonly Guid StreamId = new("da750000-0000-4000-8000-000000000001");

    public static string StreamType => "calendar";

    public static Calendar New(Guid id) => new(id);

    public DateOnly Today { get; init; }

    public Calendar After(object @event) => @event is DayTurned turned ? this with { Today = turned.Day } : this;
}

/// <summary>Appends each day once, whoever comes first; the first at migration, so that the log begins with a day.</summary>
public sealed class TurnDays(EventStore store, TimeProvider clock, ILogger<TurnDays> log) : Sweep(Between, clock, log), IMigrationStep
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    public Task RunAsync(CancellationToken ct) => SweepAsync(ct);

    public override Task<int> SweepAsync(CancellationToken ct)
    {
        var now = Now;
        var today = WorkCalendar.DayOf(now);
        return store.RunAsync(async work =>
        {
            var calendar = (await work.LoadAsync<Calendar>([Calendar.StreamId], ct))[Calendar.StreamId];
            if (calendar.Today < today)
                work.Append(Calendar.StreamId, new DayTurned(today), new(now, today));
            return work.AppendedCount;
        }, ct);
    }
}
