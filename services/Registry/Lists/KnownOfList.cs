using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Lists;

/// <summary>
/// What is on file of the households and children of a list, loaded with a handful of set-based reads. By it a line finds the person
/// that it told of before, and what it leaves empty stays as it is.
/// </summary>
internal sealed class KnownOfList
{
    private readonly Dictionary<Guid, Child> children;
    private readonly Dictionary<Guid, Household> households;
    private readonly SealedTexts texts;
    private readonly Persons persons;
    private readonly Dictionary<int, (string PersonNo, Guid Person, Guid? Child)> ofLines = [];

    private KnownOfList(Dictionary<Guid, Child> children, Dictionary<Guid, Household> households, SealedTexts texts, Persons persons) =>
        (this.children, this.households, this.texts, this.persons) = (children, households, texts, persons);

    /// <summary>The number that the line's person is told under.</summary>
    public string PersonNo(PaperLine line) => ofLines[line.Row].PersonNo;

    /// <summary>The file that the line is about, as far as that can be told before it is taken.</summary>
    public Child? ChildOf(PaperLine line) => ofLines[line.Row].Child is { } id ? Canonical.Of(children, id) is { Exists: true } child ? child : null : null;

    public Household? Household(Guid id) => households.GetValueOrDefault(id) is { Exists: true } household ? household : null;

    public PersonalDetails? Identity(Child child) => texts.Identity(child.Id);

    public CarerContact? Carer(Child child) => texts.Carer(child.Id);

    public string? Address(Guid household) => texts.Address(household);

    public static async Task<KnownOfList> LoadAsync(StoreWork work, string source, IReadOnlyList<PaperLine> lines, RowKeysOf keys,
        KeyedDigest digests, PersonKeyTable personKeys, CancellationToken ct)
    {
        var byNumber = lines.Where(l => Number(l) is not null).ToDictionary(l => l.Row, l => keys.IdNumber(Number(l)!));
        var told = await Persons.LoadAsync(work, [.. lines.SelectMany(PaperRows.PersonNumbers).Select(no => keys.Person(source, no)).Distinct()], ct);
        var identities = await IdentityIndex.LoadAsync(work, [.. byNumber.Values.Distinct()], ct);
        var children = await work.LoadAsync<Child>(lines.Select(l => l.File).OfType<Guid>().Concat(told.Children).Concat(identities.Children), ct);
        await Canonical.LoadAsync(work, children, ct);
        var households = await work.LoadAsync<Household>(
            lines.Where(l => l.HouseholdNo.Length > 0).Select(l => keys.Household(source, PaperRows.HouseholdNo(l))).Concat(children.Values.Select(c => c.Household)), ct);
        var texts = await SealedTexts.LoadAsync(work, personKeys, children.Keys.Concat(households.Keys), ct);
        var known = new KnownOfList(children, households, texts, told);
        foreach (var line in lines)
        {
            var numbers = PaperRows.PersonNumbers(line).ToList();
            var number = numbers.Find(no => told.IsKnown(keys.Person(source, no))) ?? numbers[0];
            var person = keys.Person(source, number);
            var owner = byNumber.TryGetValue(line.Row, out var blind) && identities.Find(blind) is { } indexed
                && IdentityIndex.Agree(indexed, IdentityDigests.Name(digests, line.Name), HouseholdRowCheck.Day(line.BirthDate, out var born) ? born : null) ? indexed.Child : (Guid?)null;
            known.ofLines[line.Row] = (number, person, line.File ?? told.ChildOf(person) ?? owner);
        }
        return known;
    }

    /// <summary>
    /// Makes lines that correct a file speak of a person of this source that has that file. A person of the source that told of the file
    /// stays that source's own, so that its next row of what it told before does not take the correction back.
    /// </summary>
    public async Task LinkAsync(StoreWork work, IEnumerable<PaperLine> lines, PaperRows rows, CancellationToken ct)
    {
        var taken = rows.Rows.Select(r => r.Line).ToHashSet();
        foreach (var line in lines.Where(l => l.File is not null && taken.Contains(l.Row)))
            if (ChildOf(line) is { } child && !persons.IsKnown(ofLines[line.Row].Person))
                persons.Set(ofLines[line.Row].Person, child.Household, child.Id, child.IdentityDigest);
        persons.Write(work);
        await work.FlushAsync(ct);
    }

    private static string? Number(PaperLine line) => ResidentIdNumber.Read(line.IdNumber) is { IsValid: true } number ? number.Reveal() : null;
}
