using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Placements;

/// <summary>An event of a placement. Each carries the facts that leave the house, after the change.</summary>
public interface IPlacementEvent
{
    PlacementFacts After { get; }
}

/// <summary>Civil affairs placed a child (未成年人保护法 §92, §93), with the record of its hand-over.</summary>
[StoredName("child_placed")]
public sealed record ChildPlaced(Sealed Receiver, string HandOverNo, Sealed HandOverNote, DateTimeOffset At, string Digest, string By, PlacementFacts After) : IPlacementEvent;

[StoredName("placement_reviewed")]
public sealed record PlacementReviewed(DateTimeOffset At, Sealed Note, string By, PlacementFacts After) : IPlacementEvent;

/// <summary>It ended: by which of the three ways, with the number of the document, of a long-term guardianship its ground.</summary>
[StoredName("placement_ended")]
public sealed record PlacementEnded(DateTimeOffset At, string DocumentNo, LongTermGround? Ground, string By, PlacementFacts After) : IPlacementEvent;

/// <summary>Grounds of long-term guardianship by civil affairs, the items of 未成年人保护法 §94 in order.</summary>
public enum LongTermGround { GuardianNotFound = 1, GuardianDead, GuardianIncapable, RevokedByCourt, OtherByLaw }

/// <summary>A temporary placement (临时监护).</summary>
public sealed record Placement(Guid Id) : IFolded<Placement>
{
    public static string StreamType => "placement";

    public static Placement New(Guid id) => new(id);

    public PlacementFacts? Facts { get; init; }
    public ChildPlaced? Placed { get; init; }
    public ImmutableList<PlacementReviewed> Reviews { get; init; } = [];
    public PlacementEnded? Ended { get; init; }
    public long Version { get; init; }

    /// <summary>When something was last recorded of it.</summary>
    public DateTimeOffset LastAt => Reviews.LastOrDefault()?.At ?? Placed!.At;

    /// <summary>The child, or while nobody knows which it is, the case: of each one placement at a time.</summary>
    public Guid Subject => SubjectOf(Facts!);

    public static Guid SubjectOf(PlacementFacts facts) => facts.ChildId ?? facts.ReportId;

    public Placement After(object @event)
    {
        var next = @event is IPlacementEvent e ? this with { Facts = e.After, Version = Version + 1 } : this;
        return @event switch
        {
            ChildPlaced p => next with { Placed = p },
            PlacementReviewed r => next with { Reviews = Reviews.Add(r) },
            PlacementEnded p => next with { Ended = p },
            _ => next,
        };
    }
}
