using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Registry.Erasure;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Households;

/// <summary>Whether a household is rural (户籍/居住性质), as its row says.</summary>
public enum Residency { Unknown, Rural, Urban }

/// <summary>The address is null, here and below, while the household keeps nothing of persons.</summary>
[StoredName("household_registered")]
public sealed record HouseholdRegistered(DivisionId Residence, Residency Residency, Sealed? Address, string Digest);

[StoredName("household_moved")]
public sealed record HouseholdMoved(DivisionId From, DivisionId To, Residency Residency, Sealed? Address, string Digest);

/// <summary>Residency or address changed without a move to another village.</summary>
[StoredName("household_corrected")]
public sealed record HouseholdCorrected(Residency Residency, Sealed? Address, string Digest);

/// <summary>A member joined; an adult's identity is kept sealed here, a child's in its own file.</summary>
[StoredName("member_joined")]
public sealed record MemberJoined(Guid Person, Guid? ChildId, Sealed? Identity, string Digest, bool Erased = false);

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
    public ImmutableDictionary<Guid, Belonging> Members { get; init; } = ImmutableDictionary<Guid, Belonging>.Empty;

    /// <summary>The keys of all that was ever sealed here and is not erased: addresses, and adults who left as well.</summary>
    public ImmutableHashSet<Guid> Keys { get; init; } = [];

    /// <summary>Address and adults were erased, and no address was told since for another child.</summary>
    public bool Erased { get; init; }

    /// <summary>Whether a child belongs to it whose personal data is there.</summary>
    public bool HasChild => Members.Values.Any(m => m is { ChildId: not null, Erased: false });

    /// <summary>An erased child's household: nothing of persons is stored until another child belongs to it.</summary>
    public bool KeepsNothing => Erased && !HasChild;

    public Household After(object @event) => @event switch
    {
        HouseholdRegistered e => WithAddress(e.Address, e.Digest) with { Exists = true, Residence = e.Residence, Residency = e.Residency },
        HouseholdMoved e => WithAddress(e.Address, e.Digest) with { Residence = e.To, Residency = e.Residency },
        HouseholdCorrected e => WithAddress(e.Address, e.Digest) with { Residency = e.Residency },
        MemberJoined e => With(e.Identity) with { Members = Members.SetItem(e.Person, new(e.ChildId, e.Identity?.KeyId, e.Digest, e.Erased)) },
        MemberCorrected e => With(e.Identity) with { Members = Members.SetItem(e.Person, Members[e.Person] with { Digest = e.Digest }) },
        MemberLeft e => this with { Members = Members.Remove(e.Person) },
        MemberErased e when Members.TryGetValue(e.Person, out var member) => this with { Members = Members.SetItem(e.Person, member with { Erased = true }) },
        HouseholdErased => this with
        {
            Erased = true,
            KeyId = Guid.Empty,
            Digest = "",
            Keys = [],
            Members = Members.ToImmutableDictionary(m => m.Key, m => m.Value with { Digest = "", Erased = true }),
        },
        _ => this,
    };

    private Household WithAddress(Sealed? address, string digest) =>
        With(address) with { KeyId = address?.KeyId ?? KeyId, Digest = digest, Erased = Erased && address is null };

    private Household With(Sealed? content) => content is null ? this : this with { Keys = Keys.Add(content.KeyId) };
}

/// <summary>How a person belongs to a household.</summary>
public sealed record Belonging(Guid? ChildId, Guid? KeyId, string Digest, bool Erased = false);
