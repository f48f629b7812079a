using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Households;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Children;

/// <summary>An event of a child's file. Each carries the facts that leave the house, after the change.</summary>
public interface IChildEvent
{
    /// <summary>The group of facts that Registry owns.</summary>
    ChildFacts After { get; }
}

[StoredName("child_file_opened")]
public sealed record ChildFileOpened(Guid Household, Residency Residency, Sealed Identity, string Digest, Guid? BlindIndex, ChildFacts After) : IChildEvent;

/// <summary>Name, number, birth date or sex were told anew.</summary>
[StoredName("child_identity_corrected")]
public sealed record ChildIdentityCorrected(Sealed Identity, string Digest, Guid? BlindIndex, ChildFacts After) : IChildEvent;

/// <summary>The number is known with another name or birth date: for a person to settle, never a link.</summary>
[StoredName("identity_conflict_found")]
public sealed record IdentityConflictFound(Guid OtherChild, ChildFacts After) : IChildEvent;

[StoredName("child_moved")]
public sealed record ChildMoved(Guid Household, DivisionId From, Residency Residency, ChildFacts After) : IChildEvent;

[StoredName("parent_status_recorded")]
public sealed record ParentStatusRecorded(Parent Parent, ParentState Status, DateOnly Since, string? WorkCode, ChildFacts After) : IChildEvent;

[StoredName("carer_named")]
public sealed record CarerNamed(Sealed? Contact, string Digest, ChildFacts After) : IChildEvent;

/// <summary>A category was gained or lost, with what the determination was made from.</summary>
[StoredName("category_changed")]
public sealed record CategoryChanged(ChildCategory From, string RuleVersion, DateOnly DeterminedOn, ChildFacts After) : IChildEvent;

[StoredName("child_file_closed")]
public sealed record ChildFileClosed(ChildFacts After) : IChildEvent;

/// <summary>Closed as an adult's by a birth date that was wrong.</summary>
[StoredName("child_file_reopened")]
public sealed record ChildFileReopened(ChildFacts After) : IChildEvent;

[StoredName("pupil_linked")]
public sealed record PupilLinked(Guid PupilId, ChildFacts After) : IChildEvent;

/// <summary>What deciders need of a child's file (一人一档).</summary>
public sealed record Child(Guid Id) : IFolded<Child>
{
    public static string StreamType => "child";

    public static Child New(Guid id) => new(id);

    public bool Exists { get; init; }
    public ChildFacts Facts { get; init; } = new(FileState.Open, default, null, Sex.NotCollected, ChildCategory.None, null, CarerKind.NotCollected, false);
    public Guid Household { get; init; }
    public Residency Residency { get; init; }
    public Guid KeyId { get; init; }
    public string IdentityDigest { get; init; } = "";
    public Guid? BlindIndex { get; init; }
    public ParentRecord Father { get; init; } = ParentRecord.Unknown;
    public ParentRecord Mother { get; init; } = ParentRecord.Unknown;
    public string CarerDigest { get; init; } = "";
    public DateOnly? DeterminedOn { get; init; }
    public System.Collections.Immutable.ImmutableHashSet<Guid> Pupils { get; init; } = [];

    public Child After(object @event)
    {
        var next = @event is IChildEvent e ? this with { Exists = true, Facts = e.After } : this;
        return @event switch
        {
            ChildFileOpened o => next with { Household = o.Household, Residency = o.Residency, KeyId = o.Identity.KeyId, IdentityDigest = o.Digest, BlindIndex = o.BlindIndex },
            ChildIdentityCorrected c => next with { IdentityDigest = c.Digest, BlindIndex = c.BlindIndex },
            ChildMoved m => next with { Household = m.Household, Residency = m.Residency },
            ParentStatusRecorded { Parent: Parent.Father } p => next with { Father = Father.Told(p.Status, p.Since) },
            ParentStatusRecorded p => next with { Mother = Mother.Told(p.Status, p.Since) },
            CarerNamed c => next with { CarerDigest = c.Digest },
            CategoryChanged c => next with { DeterminedOn = c.DeterminedOn },
            PupilLinked p => next with { Pupils = Pupils.Add(p.PupilId) },
            _ => next,
        };
    }
}
