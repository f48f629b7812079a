using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Erasure;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Visits;
using LeftBehind.Sealing;
using Household = LeftBehind.Registry.Households.Household;

namespace LeftBehind.Registry.Partners;

/// <summary>
/// Everything that the rows of one batch may touch, loaded with a handful of set-based reads; keeps the states current while
/// rows are decided one after another, and writes what belongs beside the events.
/// </summary>
internal sealed class HouseholdSet
{
    private readonly StoreWork work;
    private readonly PersonKeyTable personKeys;
    private readonly KeyedDigest digests;
    private readonly RowKeysOf keys;
    private readonly string? traceparent;
    private readonly Dictionary<string, Guid> blindOf;
    private readonly Dictionary<Guid, Child> children;
    private readonly Dictionary<Guid, Household> households;
    private readonly Dictionary<Guid, PersonKey> loadedKeys;
    private readonly List<PersonKey> newKeys = [];
    private readonly Queue<PersonKey> spareKeys = [];
    private readonly HashSet<Guid> redetermined = [];
    private readonly HashSet<Guid> opened = [];
    private readonly HashSet<Guid> cared = [];
    private readonly HashSet<Guid> toMatch = [];
    private readonly Dictionary<Guid, PushedRow<HouseholdRow>> emptied = [];
    private readonly HashSet<Guid> placed = [];
    private readonly LinksOfBatch<PushedRow<HouseholdRow>> links = new();

    private HouseholdSet(StoreWork work, RowKeysOf keys, PersonKeyTable personKeys, KeyedDigest digests, DateOnly today, string? traceparent,
        Dictionary<string, Guid> blindOf, Persons persons, IdentityIndex identities, Dictionary<Guid, Child> children, Dictionary<Guid, Household> households, Dictionary<Guid, PersonKey> loadedKeys)
    {
        (this.work, this.keys, this.personKeys, this.digests, Today, this.traceparent, this.blindOf) = (work, keys, personKeys, digests, today, traceparent, blindOf);
        (Persons, Identities, this.children, this.households, this.loadedKeys) = (persons, identities, children, households, loadedKeys);
    }

    public DateOnly Today { get; }

    public Persons Persons { get; }

    public IdentityIndex Identities { get; }

    public static async Task<HouseholdSet> LoadAsync(StoreWork work, IReadOnlyList<PushedRow<HouseholdRow>> rows, RowKeysOf keys,
        PersonKeyTable personKeys, KeyedDigest digests, DateOnly today, string? traceparent, CancellationToken ct)
    {
        var personIds = rows.Select(r => RowNumbers.PersonNo(r.Row) is { } no ? keys.Person(r.Source, no) : (Guid?)null).OfType<Guid>().ToHashSet();
        var blindOf = rows.Where(r => r.Row.Member is not null).Select(r => ReadMember.ValidNumber(r.Row.Member)).OfType<string>()
            .Distinct(StringComparer.Ordinal).ToDictionary(number => number, keys.IdNumber, StringComparer.Ordinal);
        var blind = blindOf.Values;
        var persons = await Persons.LoadAsync(work, personIds, ct);
        var identities = await IdentityIndex.LoadAsync(work, blind, ct);
        var householdIds = rows.Select(r => RowNumbers.HouseholdNo(r.Row) is { } no ? keys.Household(r.Source, no) : (Guid?)null).OfType<Guid>()
            .Concat(persons.Households).ToHashSet();
        var households = await work.LoadAsync<Household>(householdIds, ct);
        var moving = rows.Where(r => r.Row.Household is not null).SelectMany(r => households[keys.Household(r.Source, r.Row.Household.HouseholdNo)].Members.Values)
            .Select(m => m.ChildId).OfType<Guid>();
        var children = await work.LoadAsync<Child>(personIds.Where(persons.IsKnown).Concat(persons.Children).Concat(identities.Children).Concat(moving), ct);
        await Canonical.LoadAsync(work, children, ct);
        foreach (var (id, unborn) in work.Begin<Child>(personIds.Where(p => !persons.IsKnown(p))))
            children.TryAdd(id, unborn);
        await identities.LoadPupilsAsync(work, blind, ct);
        var known = children.Values.Select(c => c.KeyId).Concat(households.Values.Select(h => h.KeyId))
            .Concat(households.Values.SelectMany(h => h.Members.Where(m => personIds.Contains(m.Key)).Select(m => m.Value.KeyId ?? Guid.Empty)))
            .Where(k => k != Guid.Empty).ToHashSet();
        var loaded = rows.Any(r => r.Row.RowCase is not HouseholdRow.RowOneofCase.Parent)
            ? await personKeys.LoadMany(work.Connection, work.Transaction, known, ct) : [];
        return new(work, keys, personKeys, digests, today, traceparent, blindOf, persons, identities, children, households, loaded);
    }

    /// <summary>
    /// The child's file of a partner's person; null when there is none (yet). A merged file keeps what is told of its persons, and
    /// passes it on, so that it can be parted again.
    /// </summary>
    public Child? ChildOf(Guid person) => children.GetValueOrDefault(Persons.ChildOf(person) ?? person) is { Exists: true } child ? child : null;

    /// <summary>The file by its id.</summary>
    public Child Child(Guid id) => children[id];

    /// <summary>The file that counts for this one, with which rows are answered.</summary>
    public Child Counting(Guid id) => Canonical.Of(children, id);

    /// <summary>The same; null when the file counts itself.</summary>
    public Guid? CountsFor(Guid id) => Canonical.CountsFor(children, id);

    public Household Household(Guid id) => households[id];

    public Household? HouseholdOf(string source, string householdNo) =>
        households[keys.Household(source, householdNo)] is { Exists: true } h ? h : null;

    public void Append<T>(Child child, T @event, PushedRow<HouseholdRow> row) where T : IChildEvent
    {
        work.Append(child.Id, @event, row.Meta(traceparent));
        children[child.Id] = child.After(@event);
        links.Saw(child.Id, @event, row);
        if (!child.Erased && @event is (ChildFileOpened or ChildMoved or ChildIdentityCorrected))
            toMatch.Add(child.Id);
        if (@event is ChildFileOpened)
            opened.Add(child.Id);
        if (@event is CarerNamed)
            cared.Add(child.Id);
        if (@event is ChildFileOpened or ChildMoved)
            placed.Add(child.Id);
        if (@event is ChildMoved or ChildIdentityCorrected)
            row.Brings(keys.MoveOut(child.Id));
        foreach (var (file, passed) in MergeFiles.Tell(children[child.Id], id => children[id]).ToList())
        {
            work.Append(file, passed, row.Meta(traceparent));
            children[file] = children[file].After(passed);
        }
    }

    public void Append(Household household, object @event, PushedRow<HouseholdRow> row)
    {
        work.Append(household.Id, @event, row.Meta(traceparent));
        households[household.Id] = household.After(@event);
    }

    /// <summary>Determines the category anew after a change, and remembers when it may change by itself.</summary>
    public void Redetermine(Guid childId, PushedRow<HouseholdRow> row)
    {
        var counts = Counting(childId).Id;
        redetermined.Add(counts);
        foreach (var @event in DetermineCategory.Decide(children[counts], Today))
            Append(children[counts], @event, row);
    }

    /// <summary>The blind index of a valid number that a row of this batch tells.</summary>
    public Guid BlindOf(string number) => blindOf[number];

    /// <summary>A digest to tell whether sealed content changed.</summary>
    public string DigestOf(string content) => Convert.ToBase64String(digests.Of(System.Text.Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));

    public Sealed SealNew<T>(T content)
    {
        if (spareKeys.Count == 0)
            foreach (var spare in personKeys.CreateMany(64))
                spareKeys.Enqueue(spare);
        var key = spareKeys.Dequeue();
        newKeys.Add(key);
        loadedKeys[key.KeyId] = key;
        return key.SealJson(content);
    }

    public Sealed SealAgain<T>(Guid keyId, T content) => loadedKeys[keyId].SealJson(content);

    /// <summary>Whether the child's data was erased: later pushes change nothing.</summary>
    public bool IsErased(Child child) => child.Erased || loadedKeys.GetValueOrDefault(child.KeyId) is { IsDestroyed: true };

    /// <summary>A household that an erased child was told of: in the end of the batch it keeps nothing, unless another child belongs to it.</summary>
    public void Empty(Guid household, PushedRow<HouseholdRow> row) => emptied[household] = row;

    public async Task WriteAsync(WhatFollows follows, DateTimeOffset now, CancellationToken ct)
    {
        await personKeys.Insert(work.Connection, work.Transaction, newKeys, ct);
        Persons.Write(work);
        links.Write(work);
        Identities.Write(work);
        MatchDue.Write(work, toMatch);
        ChildPlaces.Write(work, [.. placed.Select(id => children[id])]);
        await links.UnlinkAsync(work, Child, CountsFor, (child, @event, row) => Append(child, @event, row), ct);
        await EmptyAsync(ct);
        await follows.OfAsync(work, [.. redetermined.Union(cared.Select(id => Counting(id).Id)).Select(id => children[id])], new(now, Today, Traceparent: traceparent), ct, opened);
    }

    private async Task EmptyAsync(CancellationToken ct)
    {
        var gone = new HashSet<Guid>();
        foreach (var (id, row) in emptied)
            foreach (var @event in EraseChild.Emptied(households[id]).ToList())
            {
                gone.UnionWith(households[id].Keys);
                Append(households[id], @event, row);
            }
        await personKeys.Destroy(work.Connection, work.Transaction, gone, ct);
    }
}
