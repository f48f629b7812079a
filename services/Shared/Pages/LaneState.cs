using LeftBehind.Contracts;

namespace LeftBehind.Pages;

/// <summary>Where a lane stands: one row per source, moved in the transaction of the consumer's own events.</summary>
/// <param name="Source">The source service.</param>
/// <param name="Incarnation">The store's incarnation that the watermark counts in.</param>
/// <param name="Watermark">The last sequence handled.</param>
/// <param name="RelayVersion">The relay version of which every fact up to the watermark was taken.</param>
/// <param name="StoppedBecause">Set when the lane waits for operations.</param>
public sealed record LaneState(string Source, Guid Incarnation, long Watermark, int RelayVersion, string? StoppedBecause = null)
{
    /// <summary>Facts up to here may have been taken before the source was restored; they are known by their ids.</summary>
    public long KnownUpTo { get; init; }

    /// <summary>The newer relay version whose facts of the past are being pulled.</summary>
    public int NewerVersion { get; init; }

    /// <summary>How far the facts of <see cref="NewerVersion"/> were pulled.</summary>
    public long NewerUpTo { get; init; }

    /// <summary>Incarnations that ended; what they still have under way is of a log that no longer is.</summary>
    public IReadOnlyList<Guid> Ended { get; init; } = [];

    /// <summary>The epoch that facts taken now count in.</summary>
    internal int Epoch => Ended.Count;

    /// <summary>The fact, counting in the epoch of this lane.</summary>
    internal PagedEvent InEpoch(PagedEvent fact) => fact with { Epoch = Epoch };

    /// <summary>The last sequence that pages of this kind were taken to.</summary>
    internal long At(Pass pass, int relayVersion) =>
        pass is Pass.Forward ? Watermark : NewerVersion == relayVersion ? NewerUpTo : 0;

    internal LaneState Moved(Pass pass, int relayVersion, long to) => pass is Pass.Forward
        ? this with { Watermark = to, RelayVersion = relayVersion }
        : this with { NewerVersion = relayVersion, NewerUpTo = to };

    /// <summary>The source's store was restored: its log is read from the beginning.</summary>
    internal LaneState Accepting(Guid incarnation) => this with
    {
        Incarnation = incarnation,
        Watermark = 0,
        NewerUpTo = 0,
        StoppedBecause = null,
        KnownUpTo = Math.Max(KnownUpTo, Watermark),
        Ended = [.. Ended.Append(Incarnation).Where(ended => ended != incarnation).Distinct()],
    };
}

/// <summary>What a page is taken for.</summary>
internal enum Pass
{
    /// <summary>The next facts; moves the watermark.</summary>
    Forward,

    /// <summary>Facts below the watermark that the source kept in the house before.</summary>
    NewlyRelayed,
}
