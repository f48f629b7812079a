using System.Collections.Immutable;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Children;

/// <summary>An event of a child's file. Each carries the facts that leave the house, after the change.</summary>
public interface IChildEvent
{
    /// <summary>The group of facts that Registry owns.</summary>
    ChildFacts After { get; }
}

[StoredName("child_file_opened")]
public sealed record ChildFileOpened(Guid Household, Residency Residency, Sealed Identity, string Digest, Guid? BlindIndex, ChildFacts After, string? RuleVersion = null) : IChildEvent;

/// <summary>Name, number, birth date or sex were told anew. Own: what the file itself knows, where a merged one lends more.</summary>
[StoredName("child_identity_corrected")]
public sealed record ChildIdentityCorrected(Sealed Identity, string Digest, Guid? BlindIndex, ChildFacts After, OwnFacts? Own = null) : IChildEvent;

/// <summary>The number is known with another name or birth date: for a person to settle, never a link.</summary>
[StoredName("identity_conflict_found")]
public sealed record IdentityConflictFound(Guid OtherChild, ChildFacts After) : IChildEvent;

[StoredName("child_moved")]
public sealed record ChildMoved(Guid Household, DivisionId From, Residency Residency, ChildFacts After) : IChildEvent;

[StoredName("parent_status_recorded")]
public sealed record ParentStatusRecorded(Parent Parent, ParentState Status, DateOnly Since, string? WorkCode, ChildFacts After) : IChildEvent;

/// <summary>Own: what the file itself knows, where a merged one lends more.</summary>
[StoredName("carer_named")]
public sealed record CarerNamed(Sealed? Contact, string Digest, ChildFacts After, OwnFacts? Own = null) : IChildEvent;

/// <summary>A category or a ground of difficulty was gained or lost: why, and what the determination was made from.</summary>
[StoredName("category_changed")]
public sealed record CategoryChanged(
    ChildCategory From, string RuleVersion, DateOnly DeterminedOn, ChildFacts After,
    CategoryReasons? Why = null, Inputs? Inputs = null, IReadOnlyList<Finding>? Findings = null) : IChildEvent;

/// <summary>A file was determined under another version of the rule than before, whether that changed its category or not.</summary>
[StoredName("rule_version_changed")]
public sealed record RuleVersionChanged(
    string From, string RuleVersion, DateOnly DeterminedOn, Inputs Inputs, IReadOnlyList<Finding> Findings, ChildFacts After) : IChildEvent;

/// <summary>The state after says why.</summary>
[StoredName("child_file_closed")]
public sealed record ChildFileClosed(ChildFacts After) : IChildEvent;

/// <summary>The facts after say why.</summary>
[StoredName("child_file_reopened")]
public sealed record ChildFileReopened(ChildFacts After) : IChildEvent;

/// <summary>CountsFor: the file that counts, when this one is merged.</summary>
[StoredName("pupil_linked")]
public sealed record PupilLinked(Guid PupilId, ChildFacts After, Guid? CountsFor = null) : IChildEvent;

/// <summary>CountsFor: the file that counts, when this one is merged.</summary>
[StoredName("pupil_unlinked")]
public sealed record PupilUnlinked(Guid PupilId, UnlinkGround Ground, ChildFacts After, Guid? CountsFor = null) : IChildEvent;

/// <summary>Why a link was taken back: by rule, since number or birth date differ now; else by a person.</summary>
public enum UnlinkGround { IdentityCorrected, NotTheSameChild, RollRecordWrong }

/// <summary>What deciders need of a child's file (一人一档).</summary>
public sealed record Child(Guid Id) : IFolded<Child>
{
    public static string StreamType => "child";

    public static Child New(Guid id) => new(id);

    public bool Exists { get; init; }

    /// <summary>Version of the file: how many events it has.</summary>
    public long Version { get; init; }
    public ChildFacts Facts { get; init; } = new(FileState.Open, default, null, Sex.NotCollected, ChildCategory.None, null, CarerKind.NotCollected, false);
    public Guid Household { get; init; }
    public Residency Residency { get; init; }
    public Guid KeyId { get; init; }

    /// <summary>What was told last of who it is, sealed.</summary>
    public Sealed? Identity { get; init; }
    public string IdentityDigest { get; init; } = "";
    public Guid? BlindIndex { get; init; }
    public ParentRecord Father { get; init; } = ParentRecord.Unknown;
    public ParentRecord Mother { get; init; } = ParentRecord.Unknown;
    public Needs Needs { get; init; } = Needs.Unknown;
    public string CarerDigest { get; init; } = "";

    /// <summary>Version of the rule that the file was determined under last.</summary>
    public string RuleVersion { get; init; } = Eligibility.FirstVersion;

    /// <summary>What counted when the category was determined last, as far as it can change the category's reason.</summary>
    public Inputs? DeterminedFrom { get; init; }

    /// <summary>The determination recorded last; null while the category never changed.</summary>
    public RecordedDetermination? Determined { get; init; }
    public ImmutableHashSet<Guid> Pupils { get; init; } = [];

    /// <summary>Pupils that a person parted from this file; no rule links them again.</summary>
    public ImmutableHashSet<Guid> Parted { get; init; } = [];

    /// <summary>The file that counts for this one while both are merged.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The version at which it was merged; what is told of it since changes the version and not the link.</summary>
    public long MergedAt { get; init; }

    /// <summary>What was told of this file itself; <see cref="Facts"/> are those that count, with what merged files lend.</summary>
    public OwnFacts Own { get; init; } = OwnFacts.Unknown;

    /// <summary>The files merged into this one, with what each lends.</summary>
    public System.Collections.Immutable.ImmutableSortedDictionary<Guid, LentFacts> Joined { get; init; } =
        System.Collections.Immutable.ImmutableSortedDictionary<Guid, LentFacts>.Empty;
    /// <summary>Every household that it was told of, and every number that was its own.</summary>
    public ImmutableHashSet<Guid> Households { get; init; } = [];

    /// <inheritdoc cref="Households"/>
    public ImmutableHashSet<Guid> Numbers { get; init; } = [];

    /// <summary>Its personal data was erased; nothing of the person is recorded anew.</summary>
    public bool Erased { get; init; }

    /// <summary>Its pupils whose personal data was erased with it, or found erased later.</summary>
    public ImmutableHashSet<Guid> ErasedPupils { get; init; } = [];

    public Child After(object @event)
    {
        var next = @event is IChildEvent e ? this with { Exists = true, Version = Version + 1, Facts = e.After, Needs = Needs.After(@event) } : this;
        return @event switch
        {
            ChildFileOpened o => next with
            {
                Household = o.Household,
                Residency = o.Residency,
                KeyId = o.Identity.KeyId,
                Identity = o.Identity,
                IdentityDigest = o.Digest,
                BlindIndex = o.BlindIndex,
                Own = OwnFacts.Of(o.After),
                RuleVersion = o.RuleVersion ?? Eligibility.FirstVersion,
                Households = [o.Household],
                Numbers = NumbersWith(o.BlindIndex),
            },
            ChildIdentityCorrected c => next with
            {
                Identity = c.Identity,
                IdentityDigest = c.Digest,
                BlindIndex = c.BlindIndex,
                Own = c.Own ?? OwnFacts.Of(c.After),
                Numbers = NumbersWith(c.BlindIndex),
            },
            ChildMoved m => next with { Household = m.Household, Households = Households.Add(m.Household), Residency = m.Residency },
            ParentStatusRecorded { Parent: Parent.Father } p => next with { Father = Father.Told(p.Status, p.Since), DeterminedFrom = InputsBefore(p.Since) },
            ParentStatusRecorded p => next with { Mother = Mother.Told(p.Status, p.Since), DeterminedFrom = InputsBefore(p.Since) },
            CarerNamed c => next with { CarerDigest = c.Digest, Own = c.Own ?? OwnFacts.Of(c.After) },
            CategoryChanged c => next.DeterminedAs(new(c.DeterminedOn, c.RuleVersion, c.After.Category, c.After.Reason, c.After.Difficulties, c.Why, c.Inputs, c.Findings)),
            RuleVersionChanged r => next.DeterminedAs(new(r.DeterminedOn, r.RuleVersion, r.After.Category, r.After.Reason, r.After.Difficulties, null, r.Inputs, r.Findings)),
            PupilLinked p => next with { Pupils = Pupils.Add(p.PupilId) },
            PupilUnlinked { Ground: UnlinkGround.IdentityCorrected } p => next with { Pupils = Pupils.Remove(p.PupilId) },
            PupilUnlinked p => next with { Pupils = Pupils.Remove(p.PupilId), Parted = Parted.Add(p.PupilId) },
            ChildFileMerged m => next with { MergedInto = m.Into, MergedAt = next.Version },
            ChildFileUnmerged => next with { MergedInto = null },
            DuplicateJoined { Lent: { } lent } j => next with { Joined = Joined.SetItem(j.Other, lent) },
            DuplicateTold t => next with { Joined = Joined.SetItem(t.Other, t.Lent) },
            DuplicateParted p => next with { Joined = Joined.Remove(p.Other) },
            Erasure.PersonalDataErased g => next with { Erased = true, Identity = null, IdentityDigest = "", CarerDigest = "", ErasedPupils = ErasedPupils.Union(g.Pupils) },
            ErasedPupilFound f => next with { ErasedPupils = ErasedPupils.Add(f.PupilId) },
            _ => next,
        };
    }

    /// <summary>Whatever is told is determined at once: what counted before a parent's news is what the category was determined from, changed or not.</summary>
    private Inputs InputsBefore(DateOnly since) => Inputs.Of(this, Determined is { } known && known.On > since ? known.On : since);

    private ImmutableHashSet<Guid> NumbersWith(Guid? told) => told is { } number ? Numbers.Add(number) : Numbers;

    private Child DeterminedAs(RecordedDetermination determined) =>
        this with { Determined = determined, RuleVersion = determined.RuleVersion, DeterminedFrom = determined.Inputs ?? Inputs.Of(this, determined.On) };
}
