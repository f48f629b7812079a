using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.EventLog.IntegrationTests;

[StoredName("box_filled")]
public sealed record BoxFilled(int Pieces, string? Note = null);

[StoredName("box_closed")]
public sealed record BoxClosed(DateOnly On);

/// <summary>A stream for these tests: a box and what is in it.</summary>
public sealed record Box(Guid Id, int Pieces, bool Closed) : IFolded<Box>
{
    public static string StreamType => "box";

    public static Box New(Guid id) => new(id, 0, false);

    public Box After(object @event) => @event switch
    {
        BoxFilled filled => this with { Pieces = Pieces + filled.Pieces },
        BoxClosed => this with { Closed = true },
        _ => this,
    };
}
