using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>Where a hazard lies; stays in the house. Platform default.</summary>
public enum HazardPlace { Home = 1, Water, Road, SchoolWay, PublicPlace, WorkSite, Other }

/// <summary>An event of a hazard. Each carries the facts that leave the house, after the change.</summary>
public interface IHazardEvent
{
    /// <summary>All that is told of the hazard.</summary>
    HazardFacts After { get; }
}

/// <summary>A screening found it. The note is sealed under the child's key, of a place under one of its own.</summary>
[StoredName("hazard_found")]
public sealed record HazardFound(HazardPlace Place, Sealed? Note, HazardFacts After) : IHazardEvent;

/// <summary>Somebody was told to rectify it, by a day.</summary>
[StoredName("rectification_ordered")]
public sealed record RectificationOrdered(RectificationOrder Order, HazardFacts After) : IHazardEvent;

/// <summary>Its due date passed.</summary>
[StoredName("hazard_overdue")]
public sealed record HazardOverdue(HazardFacts After) : IHazardEvent;

[StoredName("hazard_rectified")]
public sealed record Rectified(HazardFacts After) : IHazardEvent;

/// <summary>Who owes a rectification, and the last day in time that was ordered; null leaves it to the platform default.</summary>
public sealed record RectificationOrder(DivisionId Owner, OwnerDepartment Department, DateOnly? OrderedBy);

/// <summary>A hazard that a screening found (安全隐患).</summary>
public sealed record Hazard(Guid Id) : IFolded<Hazard>
{
    public static string StreamType => "hazard";

    public static Hazard New(Guid id) => new(id);

    public HazardFacts? Facts { get; init; }
    public HazardPlace Place { get; init; }
    public Sealed? Note { get; init; }
    public RectificationOrder? Order { get; init; }
    public long Version { get; init; }

    /// <summary>Whether it is still to be rectified.</summary>
    public bool IsOpen => Facts is { State: HazardState.Found or HazardState.Ordered or HazardState.Overdue };

    public Hazard After(object @event)
    {
        var next = @event is IHazardEvent e ? this with { Facts = e.After, Version = Version + 1 } : this;
        return @event switch
        {
            HazardFound f => next with { Place = f.Place, Note = f.Note },
            RectificationOrdered o => next with { Order = o.Order },
            _ => next,
        };
    }
}
