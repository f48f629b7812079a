using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using Household = LeftBehind.Registry.Households.Household;
using CarerKind = LeftBehind.Contracts.Registry.CarerKind;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.Registry.Partners;

/// <summary>
/// A member row: everyone under 18 gets a file, or is found to have one by number, name and birth date together; an adult's
/// identity is kept with the household. A bad or missing number never loses a child.
/// </summary>
internal sealed class TakeMember(HouseholdSet set, RowKeysOf keys, KeyedDigest digests, RegistryRules rules)
{
    public void Take(PushedRow<HouseholdRow> row, Caller caller)
    {
        var told = row.Row.Member;
        var person = keys.Person(row.Source, told.PersonNo);
        if (set.HouseholdOf(row.Source, told.HouseholdNo) is not { } household)
        {
            row.Waits("household", keys.Household(row.Source, told.HouseholdNo));
            return;
        }
        if (!caller.Sees(household.Residence))
        {
            row.Reject("member.household_no", "not a household in your divisions");
            return;
        }
        var number = ResidentIdNumber.Read(told.IdNumber);
        var identity = Read(told, number, row.Source);
        Warn(row, number, identity.BirthDate);
        if (set.ChildOf(person) is { } child)
            TakeChild(row, person, child, household, identity);
        else if (IsAdult(told, identity))
            TakeAdult(row, person, household, identity);
        else
            OpenFile(row, person, household, identity);
    }

    private sealed record Told(PersonalDetails Details, DateOnly? BirthDate, Sex Sex, Guid? Blind, string NameDigest, string Digest, bool Verified);

    private Told Read(Member told, ResidentIdNumber number, string source)
    {
        var born = HouseholdRowCheck.Day(told.BirthDate, out var day) ? day : number.BirthDate;
        var sex = told.Sex is Protos.Registry.V1.Sex.Unknown ? number.Sex : (Sex)told.Sex;
        var verified = number.IsValid && number.BirthDate == born && number.Sex == sex && rules.PopulationSources.Contains(source);
        return new(new(told.Name, told.IdNumber, told.Phone), born, sex, number.IsValid ? keys.IdNumber(number.Reveal()) : null,
            IdentityDigests.Name(digests, told.Name), set.DigestOf($"{told.Name}\n{told.IdNumber}\n{told.Phone}\n{born:yyyy-MM-dd}\n{sex}"), verified);
    }

    /// <summary>The number of a row when its check digit and birth date are right.</summary>
    public static string? ValidNumber(Member told) => ResidentIdNumber.Read(told.IdNumber) is { IsValid: true } number ? number.Reveal() : null;

    private static void Warn(PushedRow<HouseholdRow> row, ResidentIdNumber number, DateOnly? born)
    {
        if (number.Status is not (IdNumberStatus.Valid or IdNumberStatus.Empty))
            row.Warn("member.id_number", $"{number.Status}; the file is kept unverified");
        else if (number.IsValid && born is not null && number.BirthDate != born)
            row.Warn("member.birth_date", "differs from the ID number; the file is kept unverified");
        else if (number.IsUpgraded)
            row.Warn("member.id_number", "15 digits, read as 18");
    }

    /// <summary>Without a birth date, a head or spouse is taken for an adult and anybody else for a child: better a file too many.</summary>
    private bool IsAdult(Member told, Told identity) => identity.BirthDate is { } born
        ? !Ages.IsUnder(born, Ages.Adult, set.Today)
        : told.Relation is Relation.Head or Relation.Spouse;

    private void OpenFile(PushedRow<HouseholdRow> row, Guid person, Household household, Told told)
    {
        var owner = told.Blind is { } b ? set.Identities.Find(b) : null;
        if (owner is not null && IdentityIndex.Agree(owner, told.NameDigest, told.BirthDate))
        {
            Join(row, person, household, owner.Child);
            TakeChild(row, person, set.Child(owner.Child), set.Household(household.Id), told);
            row.Took(owner.Child, changed: true);
            return;
        }
        var child = set.Child(person);
        var facts = new ChildFacts(FileState.Open, household.Residence, told.BirthDate, told.Sex, ChildCategory.None, null, CarerKind.NotCollected,
            told.Verified && owner is null);
        set.Append(child, new ChildFileOpened(household.Id, household.Residency, set.SealNew(told.Details), told.Digest, owner is null ? told.Blind : null, facts), row);
        if (owner is not null)
            set.Append(set.Child(person), new IdentityConflictFound(owner.Child, facts), row);
        else
            Index(row, person, told);
        Join(row, person, household, person);
        set.Redetermine(person, row);
        row.Took(person, changed: true);
    }

    private void TakeChild(PushedRow<HouseholdRow> row, Guid person, Child child, Household household, Told told)
    {
        var before = child;
        if (child.IdentityDigest != told.Digest && !set.IsErased(child.KeyId))
        {
            // Another source may confirm an identity; it takes no verification away.
            var facts = child.Facts with
            {
                BirthDate = told.BirthDate ?? child.Facts.BirthDate,
                Sex = told.Sex is Sex.NotCollected ? child.Facts.Sex : told.Sex,
                Verified = told.Verified || (child.Facts.Verified && told.Blind == child.BlindIndex),
            };
            var owner = told.Blind is { } b ? set.Identities.Find(b) : null;
            var mine = owner is null || owner.Child == child.Id;
            set.Append(child, new ChildIdentityCorrected(set.SealAgain(child.KeyId, told.Details), told.Digest, mine ? told.Blind : null,
                facts with { Verified = facts.Verified && mine }), row);
            if (mine)
                Index(row, child.Id, told);
            else
                set.Append(set.Child(child.Id), new IdentityConflictFound(owner!.Child, set.Child(child.Id).Facts), row);
        }
        if (set.Persons.HouseholdOf(person) is { } from && from != household.Id)
            Leave(row, person, from);
        if (set.Household(household.Id).Members.GetValueOrDefault(person)?.ChildId != child.Id)
            Join(row, person, set.Household(household.Id), child.Id);
        child = set.Child(child.Id);
        if (child.Household != household.Id)
            set.Append(child, new ChildMoved(household.Id, child.Facts.Residence, household.Residency, child.Facts with { Residence = household.Residence }), row);
        if (!ReferenceEquals(before, set.Child(child.Id)))
            set.Redetermine(child.Id, row);
        row.Took(child.Id, changed: !ReferenceEquals(before, set.Child(child.Id)));
    }

    private void TakeAdult(PushedRow<HouseholdRow> row, Guid person, Household household, Told told)
    {
        if (household.Members.GetValueOrDefault(person) is { } member)
        {
            var changed = member.Digest != told.Digest && !set.IsErased(member.KeyId!.Value);
            if (changed)
                set.Append(household, new MemberCorrected(person, set.SealAgain(member.KeyId!.Value, told.Details), told.Digest), row);
            row.Took(household.Id, changed);
            return;
        }
        if (set.Persons.HouseholdOf(person) is { } from)
            Leave(row, person, from);
        set.Append(set.Household(household.Id), new MemberJoined(person, null, set.SealNew(told.Details), told.Digest), row);
        set.Persons.Set(person, household.Id, null);
        row.Took(household.Id, changed: true);
    }

    private void Join(PushedRow<HouseholdRow> row, Guid person, Household household, Guid childId)
    {
        set.Append(household, new MemberJoined(person, childId, null, ""), row);
        set.Persons.Set(person, household.Id, childId);
    }

    private void Leave(PushedRow<HouseholdRow> row, Guid person, Guid from) => set.Append(set.Household(from), new MemberLeft(person), row);

    /// <summary>Claims the number for the file, and links the pupils that waited for it.</summary>
    private void Index(PushedRow<HouseholdRow> row, Guid childId, Told told)
    {
        if (told.Blind is not { } blind)
            return;
        set.Identities.Add(blind, new(childId, told.NameDigest, told.BirthDate));
        foreach (var pupil in set.Identities.TakeWaitingPupils(blind))
            set.Append(set.Child(childId), new PupilLinked(pupil, set.Child(childId).Facts), row);
    }
}
