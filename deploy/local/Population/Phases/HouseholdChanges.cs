using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Phases;

/// <summary>
/// The wave of changes of the population base. Every change takes families of its own, so that none meets another and each
/// row's verdict is known; what the figures then are is the recount's to say.
/// </summary>
internal sealed class HouseholdChanges
{
    private const long FirstNumber = 500_000_001;
    private readonly PopulationPlan _plan;
    private readonly HouseholdRows _rows;
    private readonly Kin _kin;
    private readonly Villages _villages;
    private readonly Dice _dice;
    private readonly Parents _parents;
    private readonly Untouched<Family> _untouched;
    private readonly List<Parcel<HouseholdRow>> _parcels = [];
    private long _number = FirstNumber;

    public HouseholdChanges(PopulationPlan plan, IEnumerable<Family> families, Villages villages, Kin kin, HouseholdRows rows)
    {
        (_plan, _rows, _kin, _villages, _dice) = (plan, rows, kin, villages, new Dice(plan.Seed, 5));
        _parents = new Parents(_dice, villages);
        _untouched = new(_dice.Shuffled(families.Where(f => f.Straggler is Straggler.None)));
    }

    public List<SentRow<HouseholdRow>> Draw()
    {
        Corrections();
        Departures();
        Returns();
        Moves();
        Births();
        Carers();
        Repetitions();
        var untouched = Take(40, f => f.IsPlain && f.Children.Count > 0 && f.Adults.Count > 0);
        var good = _parcels.Sum(p => p.Rows.Count());
        _parcels.AddRange(new BadHouseholdRows(_plan, _rows, _villages, untouched, Next).Draw(Math.Max(40, good / 49)));
        return [.. Sending.InOrder(Mixed(), _plan.BatchSize)];
    }

    /// <summary>Half of what was wrong is put right; half of the unknown residencies become known.</summary>
    private void Corrections()
    {
        foreach (var family in Take(int.MaxValue, f => !f.IsPlain && _dice.PerMille(500)))
            Send(family.Children.Where(c => c.Flaw is not (Flaw.None or Flaw.NoBirthDate or Flaw.SexUntold)).Select(c => _rows.Corrected(Next(), family, c)));
        foreach (var family in Take(int.MaxValue, f => f.IsPlain && f.Residency is Residency.Unknown && _dice.PerMille(500)))
            Send([_rows.Household(Next(), family.HouseholdNo, family.Village.Code, _dice.PerMille(800) ? Residency.Rural : Residency.Urban, family.Address)]);
    }

    private void Departures()
    {
        foreach (var family in Take(Share(15), BothAtHome))
            Send(Both(family, _ => _parents.Out() with { Days = _dice.Between(30, 400) }));
        foreach (var family in Take(Share(7), BothAtHome))
            Send(Both(family, _ => _parents.JustOut()));
    }

    private void Returns()
    {
        foreach (var family in Take(Share(15), BothOut))
            Send(Home(family, _dice.Between(30, 90)));
        // Home for Spring Festival: nothing changes, whether they have left again or not.
        foreach (var family in Take(Share(7), BothOut))
            Send(Home(family, _dice.PerMille(100) ? 29 : _dice.Between(4, 29)));
        foreach (var family in Take(Share(3), BothOut))
            Send([.. Home(family, _dice.Between(14, 29)), .. Both(family, _ => _parents.JustOut() with { Days = _dice.Between(2, 12) })]);
    }

    private void Moves()
    {
        foreach (var family in Take(Share(10), f => f.IsPlain))
            Send([_rows.Household(Next(), family.HouseholdNo, _dice.Pick(_villages.All.Where(v => v != family.Village).ToList()).Code, family.Residency, "新址：" + family.Address)]);
        foreach (var family in Take(Share(1), f => f.IsPlain && f.Children.Count > 0))
            Send([_rows.Household(Next(), family.HouseholdNo, _dice.Pick(_villages.Neighbouring), family.Residency, "迁出：" + family.Address)]);
        var hosts = Take(Share(5), f => f.IsPlain);
        foreach (var (family, host) in Take(Share(5), f => f.IsPlain && f.Children.Count > 0).Zip(hosts))
            Send([_rows.Corrected(Next(), host, family.Children[^1])]);
    }

    /// <summary>Births; of some the rows on the parents come a batch before the child itself.</summary>
    private void Births()
    {
        foreach (var (family, i) in Take(Share(5), f => f.IsPlain && f.Mother.IsTold).Select((f, i) => (f, i)))
        {
            var child = _kin.Child(family, _plan.Today.AddDays(-_dice.Between(4, 60)), isPupil: false);
            _kin.Entrust(child, family);
            var member = _rows.Corrected(Next(), family, child);
            HouseholdRow[] about = [.. _rows.AboutParents(child, family, Next), .. child.Carer is CarerKind.CarerNotCollected ? [] : new[] { _rows.Carer(Next(), child) }];
            if (i % 5 == 0 && _plan.Households >= 4 * _plan.BatchSize)
                _parcels.Add(new(about.Select(Sending.Waits), member.Applied()));
            else
                Send([member, .. about]);
        }
    }

    private void Carers()
    {
        foreach (var family in Take(Share(5), f => f.IsPlain && f.Children.Exists(c => c.Carer is CarerKind.Grandparents)))
        {
            var child = family.Children.First(c => c.Carer is CarerKind.Grandparents);
            var row = _rows.Carer(Next(), child);
            row.Carer.Kind = CarerKind.RelativesOrFriends;
            Send([row]);
        }
    }

    /// <summary>What changes nothing: rows sent again, told again under new ids, or late with an older sequence.</summary>
    private void Repetitions()
    {
        foreach (var family in Take(Share(5), f => f.IsPlain))
            _parcels.Add(new(_rows.Of(family).Select(r => r.Again()).ToList()));
        foreach (var family in Take(Share(5), f => f.IsPlain))
            _parcels.Add(new(_rows.Of(family).Select(r => Renumbered(r, Next()).Unchanged()).ToList()));
        foreach (var family in Take(Share(5), f => f.IsPlain && f.FirstSequence > 1 && f.Father.CountsAsOut && f.Father.Days > 60 && f.Children.Count > 0))
            _parcels.Add(new(Late(family).Select(Sending.Superseded).ToList()));
    }

    private IEnumerable<HouseholdRow> Late(Family family)
    {
        var first = _rows.Of(family).ToList();
        var household = Renumbered(first[0], Next(), family.FirstSequence - 1);
        household.Household.ResidenceCode = _dice.Pick(_villages.All).Code;
        yield return household;
        var known = first.Last(r => r.Member is not null);
        var member = Renumbered(known, Next(), known.SourceSequence - 1);
        member.Member.Name = People.Names.Mistyped(member.Member.Name);
        yield return member;
        known = first.First(r => r.Parent is { Parent: Parent.Father });
        yield return Renumbered(_rows.Parent(1, known.Parent.PersonNo, Parent.Father, new(ParentState.AtHome, family.Father.Days + 300)), Next(), known.SourceSequence - 1);
    }

    private static HouseholdRow Renumbered(HouseholdRow row, long number, long? sequence = null)
    {
        row = row.Clone();
        (row.SourceEventId, row.SourceSequence) = ($"pb-{number:D9}", sequence ?? number);
        return row;
    }

    private static bool BothAtHome(Family f) =>
        f is { IsPlain: true, Father.State: ParentState.AtHome, Mother.State: ParentState.AtHome, Children.Count: > 0 };

    private static bool BothOut(Family f) =>
        f is { IsPlain: true, Children.Count: > 0, Father: { State: ParentState.OutForWork, Days: > 150 }, Mother: { State: ParentState.OutForWork, Days: > 150 } };

    private IEnumerable<HouseholdRow> Both(Family family, Func<Family, Parental> status)
    {
        var (father, mother) = (status(family), status(family));
        foreach (var child in family.Children)
        {
            yield return _rows.Parent(Next(), child.PersonNo, Parent.Father, father);
            yield return _rows.Parent(Next(), child.PersonNo, Parent.Mother, mother);
        }
    }

    private IEnumerable<HouseholdRow> Home(Family family, int days) =>
        family.Children.Select(child => _rows.Parent(Next(), child.PersonNo, Parent.Mother, new(ParentState.AtHome, days)));

    private void Send(IEnumerable<HouseholdRow> rows) => _parcels.Add(new(rows.Select(Sending.Applied).ToList()));

    /// <summary>Parcels in any order; those with a late row first, so that others follow.</summary>
    private IEnumerable<Parcel<HouseholdRow>> Mixed()
    {
        var mixed = _dice.Shuffled(_parcels);
        return mixed.Where(p => p.Late is not null).Concat(mixed.Where(p => p.Late is null));
    }

    private long Next() => _number++;

    private int Share(int perMille) => Math.Max(1, _plan.Households * perMille / 1000);

    private List<Family> Take(int most, Func<Family, bool> where) => _untouched.Take(most, where);
}
