namespace LeftBehind.TestKit;

/// <summary>
/// A clock that stands where it is set. Whatever waits for a time that has come is woken once, however far the clock was moved: the library's own plays through
/// each tick of every timer in between, millions of them in a story of years.
/// </summary>
/// <param name="now">Where it stands at first.</param>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock setting = new();
    private readonly HashSet<Timer> timers = [];
    private DateTimeOffset now = now.ToUniversalTime();

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (setting)
            return now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves it on.</summary>
    public void Advance(TimeSpan by) => SetUtcNow(GetUtcNow() + by);

    /// <summary>Moves it to a time that is not before the one it shows.</summary>
    public void SetUtcNow(DateTimeOffset to)
    {
        List<Timer> woken;
        lock (setting)
        {
            now = to >= now ? to.ToUniversalTime() : throw new ArgumentOutOfRangeException(nameof(to), "It goes forward only.");
            woken = [.. timers.Where(t => t.Due <= now).OrderBy(t => t.Due)];
            foreach (var timer in woken)
                timer.Due = timer.Period > TimeSpan.Zero ? now + timer.Period : null;
        }
        foreach (var timer in woken)
            timer.Wake();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SetClock clock, Action wake) : ITimer
    {
        internal DateTimeOffset? Due { get; set; }

        internal TimeSpan Period { get; private set; }

        internal void Wake() => wake();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.setting)
            {
                clock.timers.Add(this);
                (Period, Due) = (period, dueTime > TimeSpan.Zero ? clock.now + dueTime : dueTime == TimeSpan.Zero && period > TimeSpan.Zero ? clock.now + period : null);
            }
            if (dueTime == TimeSpan.Zero)
                Wake();
            return true;
        }

        public void Dispose()
        {
            lock (clock.setting)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
