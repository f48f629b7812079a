using System.Collections.Immutable;
using LeftBehind.Contracts.Divisions;
using LeftBehind.DivisionCopy;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.Platform.Divisions;

/// <summary>The one stream of Platform's log in which the confirmed changes of the division tree lie, each event one change: its version says how many.</summary>
public sealed record DivisionStream(Guid Id) : IFolded<DivisionStream>
{
    public static readonly Guid StreamId = new("d1710000-0000-4000-8000-000000000001");

    public static string StreamType => "divisions";

    /// <summary>The stored types of its events.</summary>
    public static readonly IReadOnlyList<Type> Types = [.. Contract.Facts.All.Values.Where(t => t.IsAssignableTo(typeof(IDivisionChange)))];

    /// <summary>Read where it lies.</summary>
    public static readonly DivisionLog Log = new(
        $"select version from {PlatformModule.Schema}.mt_streams where id = '{StreamId}'",
        $"select type, data::text from {PlatformModule.Schema}.mt_events where stream_id = '{StreamId}' order by version");

    public static DivisionStream New(Guid id) => new(id);

    public ImmutableList<IDivisionChange> Changes { get; init; } = [];

    public DivisionStream After(object @event) => @event is IDivisionChange change ? this with { Changes = Changes.Add(change) } : this;
}

/// <summary>Of Platform's log nothing leaves the house but the changes of divisions.</summary>
public sealed class PlatformRelay : IRelay
{
    public int Version => 1;

    public OneStream Only => new(DivisionStream.StreamId, DivisionStream.Types);

    public IEnumerable<RelayedFact> Translate(StoredEvent stored) => stored.Data is IDivisionChange change ? [new(stored.Stream, change)] : [];
}
