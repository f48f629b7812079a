using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Households;

/// <summary>Whether a household is rural (户籍/居住性质), as its row says.</summary>
public enum Residency { Unknown, Rural, Urban }

[StoredName("household_registered")]
public sealed record HouseholdRegistered(DivisionId Residence, Residency Residency, Sealed Address, string Digest);

[StoredName("household_moved")]
public sealed record HouseholdMoved(DivisionId From, DivisionId To, Residency Residency, Sealed Address, string Digest);

/// <summary>Residency or address changed without a move to another village.</summary>
[StoredName("household_corrected")]
public sealed record HouseholdCorrected(Residency Residency, Sealed Address, string Digest);

/// <summary>A member joined; an adult's identity is kept sealed here, a child's in its own file.</summary>
[StoredName("member_joined")]
public sealed record MemberJoined(Guid Person, Guid? ChildId, Sealed? Identity, string Digest);

[StoredName("member_corrected")]
public sealed record MemberCorrected(Guid Person, Sealed Identity, string Digest);

[StoredName("member_left")]
public sealed record MemberLeft(Guid Person);

/// <summary>A household (户): where it lives, and who belongs to it.</summary>
public sealed record Household(Guid Id) : IFolded<Household>
{
    public static string StreamType => "household";

    public static Household New(Guid id) => new(id);

    public bool Exists { get; init; }
    public DivisionId Residence { get; init; }
    public Residency Residency { get; init; }
    public Guid KeyId { get; init; }
    public string Digest { get; init; } = "";

    /// <summary>Persons with the child's file each has, if any, and what is known of an adult.</summary>
    public System.Collections.Immutable.ImmutableDictionary<Guid, Belonging> Members { get; init; } =
        System.Collections.Immutable.ImmutableDictionary<Guid, Belonging>.Empty;

    public Household After(object @event) => @event switch
    {
        HouseholdRegistered e => this with { Exists = true, Residence = e.Residence, Residency = e.Residency, KeyId = e.Address.KeyId, Digest = e.Digest },
        HouseholdMoved e => this with { Residence = e.To, Residency = e.Residency, Digest = e.Digest },
        HouseholdCorrected e => this with { Residency = e.Residency, Digest = e.Digest },
        MemberJoined e => this with { Members = Members.SetItem(e.Person, new(e.ChildId, e.Identity?.KeyId, e.Digest)) },
        MemberCorrected e => this with { Members = Members.SetItem(e.Person, Members[e.Person] with { Digest = e.Digest }) },
        MemberLeft e => this with { Members = Members.Remove(e.Person) },
        _ => this,
    };
}

/// <summary>How a person belongs to a household.</summary>
public sealed record Belonging(Guid? ChildId, Guid? KeyId, string Digest);
