using LeftBehind.Contracts.Registry;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using CarerKind = LeftBehind.Contracts.Registry.CarerKind;
using Household = LeftBehind.Registry.Households.Household;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.Registry.Partners;

/// <summary>
/// A member row: everyone under 18 gets a file, or is found to have one by number, name and birth date together; an adult's
/// identity is kept with the household. A bad or missing number never loses a child. A file that lies outside the pusher's
/// divisions is neither moved nor corrected: the row waits until those who may tell the child move it out.
/// </summary>
internal sealed class TakeMember(HouseholdSet set, RowKeysOf keys, ReadMember reading)
{
    private readonly TakeErased erased = new(set, keys);

    public void Take(PushedRow<HouseholdRow> row)
    {
        var told = row.Row.Member;
        var person = keys.Person(row.Source, told.PersonNo);
        var identity = reading.Read(row);
        if (erased.Take(row, person, identity))
            return;
        if (set.HouseholdOf(row.Source, told.HouseholdNo) is not { } household)
        {
            row.Waits("household", keys.Household(row.Source, told.HouseholdNo));
            return;
        }
        if (!row.Caller.Sees(household.Residence))
        {
            row.Reject("member.household_no", "not a household in your divisions");
            return;
        }
        // As households, members are authorised by where they belonged before: nobody fetches a child out of somebody else's division.
        if (set.Persons.HouseholdOf(person) is { } before && before != household.Id && !row.Caller.Sees(set.Household(before).Residence))
        {
            row.Reject("member.person_no", "not a person in your divisions");
            return;
        }
        if (set.ChildOf(person) is { } child)
            TakeChild(row, person, child, household, identity);
        else if (identity.IsAdult(set.Today))
            TakeAdult(row, person, household, identity);
        else
            OpenFile(row, person, household, identity);
    }

    private void OpenFile(PushedRow<HouseholdRow> row, Guid person, Household household, ToldMember told)
    {
        var owner = told.Blind is { } b ? set.Identities.Find(b) : null;
        if (owner is not null && IdentityIndex.Agree(owner, told.NameDigest, told.BirthDate))
        {
            if (!IsElsewhere(row, set.Child(owner.Child)))
            {
                TakeChild(row, person, set.Child(owner.Child), household, told);
                row.Took(set.Counting(owner.Child).Id, changed: true);
            }
            return;
        }
        var child = set.Child(person);
        var facts = new ChildFacts(FileState.Open, household.Residence, told.BirthDate, told.Sex, ChildCategory.None, null, CarerKind.NotCollected,
            told.Verified && owner is null)
        { Hukou = told.Hukou };
        set.Append(child, new ChildFileOpened(household.Id, household.Residency, set.SealNew(told.Details), told.Digest, owner is null ? told.Blind : null, facts, Eligibility.RuleVersion), row);
        if (owner is not null)
            set.Append(set.Child(person), new IdentityConflictFound(owner.Child, facts), row);
        else
            Index(row, person, told);
        Join(row, person, household, person, told);
        set.Redetermine(person, row);
        row.Took(person, changed: true);
    }

    private void TakeChild(PushedRow<HouseholdRow> row, Guid person, Child child, Household household, ToldMember told)
    {
        var before = child;
        var owner = told.Blind is { } b ? set.Identities.Find(b) : null;
        var isNews = child.IdentityDigest != told.Digest && set.Persons.DigestOf(person) != told.Digest;
        var numberIsFree = child.BlindIndex is null && told.Blind is not null && owner is null;
        var corrects = isNews || numberIsFree;
        var belongs = household.Members.GetValueOrDefault(person)?.ChildId == child.Id;
        if ((corrects || !belongs) && IsElsewhere(row, child))
            return;
        if (corrects)
        {
            // Another source may confirm an identity; it takes no verification away.
            var own = child.Own with
            {
                BirthDate = told.BirthDate ?? child.Own.BirthDate,
                Sex = told.Sex is Sex.NotCollected ? child.Own.Sex : told.Sex,
                Hukou = told.Hukou ?? child.Own.Hukou,
            };
            var verified = told.Verified || (child.Facts.Verified && told.Blind == child.BlindIndex);
            // A number of the same child on another of its files is no conflict, and stays that file's.
            var (free, mine) = (owner is null || owner.Child == child.Id, owner is null || set.Counting(owner.Child).Id == set.Counting(child.Id).Id);
            set.Append(child, new ChildIdentityCorrected(set.SealAgain(child.KeyId, told.Details), told.Digest, free ? told.Blind : null,
                GroupFacts.Told(child, own) with { Verified = verified && mine }, GroupFacts.Kept(child, own)), row);
            // A number that was confirmed gives way to a confirmed one only.
            if (free && told.Blind is not null && child.BlindIndex is { } mistaken && mistaken != told.Blind && (told.Verified || !child.Facts.Verified))
                set.Identities.Release(mistaken, child.Id);
            if (free)
                Index(row, child.Id, told);
            else if (!mine)
                set.Append(set.Child(child.Id), new IdentityConflictFound(owner!.Child, set.Child(child.Id).Facts), row);
        }
        if (belongs)
            set.Persons.Set(person, household.Id, child.Id, told.Digest);
        else
            Join(row, person, household, child.Id, told);
        child = set.Child(child.Id);
        // A file linked from two sources follows the household it was told of last; telling the same again moves nothing.
        if (!belongs && child.Household != household.Id)
            set.Append(child, new ChildMoved(household.Id, child.Facts.Residence, household.Residency, child.Facts with { Residence = household.Residence }), row);
        if (!ReferenceEquals(before, set.Child(child.Id)))
            set.Redetermine(child.Id, row);
        row.Took(set.Counting(child.Id).Id, changed: !ReferenceEquals(before, set.Child(child.Id)));
    }

    /// <summary>
    /// Household rows count by the residence before the change: a child on file elsewhere is its own county's to move out. Told
    /// meanwhile, it would be fetched; opened anew, counted twice. The row waits and tells nothing of the file.
    /// </summary>
    private bool IsElsewhere(PushedRow<HouseholdRow> row, Child child)
    {
        if (row.Caller.Sees(child.Facts.Residence))
            return false;
        row.Waits("move_out", keys.MoveOut(child.Id));
        return true;
    }

    private void TakeAdult(PushedRow<HouseholdRow> row, Guid person, Household household, ToldMember told)
    {
        if (household.KeepsNothing)
        {
            row.Erased(household.Id);
            return;
        }
        if (household.Members.GetValueOrDefault(person) is { Erased: false } member)
        {
            var changed = member.Digest != told.Digest;
            if (changed)
                set.Append(household, new MemberCorrected(person, set.SealAgain(member.KeyId!.Value, told.Details), told.Digest), row);
            row.Took(household.Id, changed);
            return;
        }
        Leave(row, person, household);
        set.Append(household, new MemberJoined(person, null, set.SealNew(told.Details), told.Digest), row);
        set.Persons.Set(person, household.Id, null, told.Digest);
        row.Took(household.Id, changed: true);
    }

    private void Join(PushedRow<HouseholdRow> row, Guid person, Household household, Guid childId, ToldMember told)
    {
        Leave(row, person, household);
        set.Append(household, new MemberJoined(person, childId, null, ""), row);
        set.Persons.Set(person, household.Id, childId, told.Digest);
    }

    private void Leave(PushedRow<HouseholdRow> row, Guid person, Household into)
    {
        if (set.Persons.HouseholdOf(person) is { } from && from != into.Id)
            set.Append(set.Household(from), new MemberLeft(person), row);
    }

    /// <summary>Claims the number for the file, and links the pupils that waited for it.</summary>
    private void Index(PushedRow<HouseholdRow> row, Guid childId, ToldMember told)
    {
        if (told.Blind is not { } blind)
            return;
        set.Identities.Add(blind, new(childId, told.NameDigest, told.BirthDate));
        foreach (var pupil in set.Identities.TakeWaitingPupils(blind, set.Child(childId).Parted))
            set.Append(set.Child(childId), new PupilLinked(pupil, set.Child(childId).Facts, set.CountsFor(childId)), row);
    }
}
