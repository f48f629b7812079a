using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Phases;

/// <summary>Rows of the population base that cannot be taken, each for one reason, and members of households that never come.</summary>
internal sealed class BadHouseholdRows(PopulationPlan plan, HouseholdRows rows, Villages villages, List<Family> families, Func<long> next)
{
    private int _new = 90_000_000;

    public IEnumerable<Parcel<HouseholdRow>> Draw(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var family = families.Count > 0 ? families[i % families.Count] : null;
            var sent = (i % (Kinds.Length + 3), family) switch
            {
                (0, not null) => UsedId(family).UsedId(),
                (1, not null) => OfAnAdult(family).Rejected(),
                (0 or 1 or 2, _) => Member(_ => { }).WaitsForEver(),
                var (kind, _) => Kinds[kind - 3]().Rejected(),
            };
            yield return new([sent, .. i % 20 == 7 && sent.Ledger is { } first ? [sent.Row.Again(first)] : Array.Empty<SentRow<HouseholdRow>>()]);
        }
    }

    private Func<HouseholdRow>[] Kinds =>
    [
        () => Household(h => h.HouseholdNo = ""),
        () => Member(m => m.PersonNo = ""),
        () => Head(r => r.SourceEventId = ""),
        () => Head(r => r.SourceSequence = 0),
        () => Household(h => h.ResidenceCode = plan.CountyCode + "999999"),
        () => Household(h => h.ResidenceCode = villages.FarAway),
        () => Household(h => h.ResidenceCode = villages.All[0].TownCode),
        () => Household(h => h.ResidenceCode = ""),
        () => Household(h => h.Address = new string('湖', 301)),
        () => Household(h => h.Residency = (Residency)9),
        () => Member(m => m.Name = string.Concat(Enumerable.Repeat("欧阳彧珺", 26))),
        () => Member(m => m.BirthDate = "2015-02-30"),
        () => Member(m => m.BirthDate = Clock.Text(plan.Today.AddDays(40))),
        () => Member(m => m.BirthDate = "1899-12-31"),
        () => Parent(p => p.Parent = Protos.Registry.V1.Parent.Unspecified),
        () => Parent(p => p.Since = ""),
        () => Parent(p => p.Since = "2020/01/01"),
        () => Parent(p => p.Since = Clock.Text(plan.Today.AddDays(9))),
        () => Parent(p => p.WorkCode = "99"),
        () => Parent(p => p.PersonNo = ""),
        () => Head(r => r.OccurredAt = Clock.Text(plan.Today.AddDays(30)) + "T08:00:00+08:00"),
        () => Head(r => r.OccurredAt = "yesterday"),
        () => Head(r => r.EffectiveOn = Clock.Text(plan.Today.AddDays(30))),
        () => Head(r => r.EffectiveOn = "20240101"),
        () => Head(r => r.Household = null),
        () => Carer(c => c.Phone = new string('1', 65)),
    ];

    /// <summary>The id of a row of the first load, with another address.</summary>
    private HouseholdRow UsedId(Family family)
    {
        var row = rows.Household(family.FirstSequence, family);
        row.Household.Address += "后栋";
        return row;
    }

    private HouseholdRow OfAnAdult(Family family) =>
        rows.Parent(next(), family.Adults[0].PersonNo, Protos.Registry.V1.Parent.Father, new(ParentState.OutForWork, 100));

    private HouseholdRow Head(Action<HouseholdRow> spoil)
    {
        var row = Household(_ => { });
        spoil(row);
        return row;
    }

    private HouseholdRow Household(Action<Household> spoil)
    {
        var row = rows.Household(next(), $"H{_new++}", villages.All[0].Code, Residency.Rural, "湖南省郴州市苏仙区错报路1号");
        spoil(row.Household);
        return row;
    }

    private HouseholdRow Member(Action<Member> spoil)
    {
        var row = rows.Row(next());
        row.Member = new() { HouseholdNo = $"H{_new++}", PersonNo = $"P{_new++}", Name = "司马翀翯", BirthDate = Clock.Text(plan.Today.AddYears(-9)), Sex = Sex.Male, Relation = Relation.Child };
        spoil(row.Member);
        return row;
    }

    private HouseholdRow Parent(Action<ParentStatus> spoil)
    {
        var row = rows.Parent(next(), $"P{_new++}", Protos.Registry.V1.Parent.Father, new(ParentState.OutForWork, 100));
        spoil(row.Parent);
        return row;
    }

    private HouseholdRow Carer(Action<Carer> spoil)
    {
        var row = rows.Row(next());
        row.Carer = new() { PersonNo = $"P{_new++}", Kind = CarerKind.Grandparents, Name = "诸葛旻昊" };
        spoil(row.Carer);
        return row;
    }
}
