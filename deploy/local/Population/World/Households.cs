using LeftBehind.Population.People;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.World;

/// <summary>Draws the families: where they live, how many children, who is left behind. The numbers asked for are met exactly.</summary>
internal sealed class Households(PopulationPlan plan, Villages villages, IdNumbers numbers)
{
    private const int MostChildren = 5;
    private const int MostOfAnEdgeDay = 100;
    private static readonly int[] EdgeAges = [6, 14, 16];
    private readonly Dice _dice = new(plan.Seed, 1);

    public Kin Kin { get; } = new(new Dice(plan.Seed, 2), numbers, plan.Today, prefix: plan.CountyCode);

    public List<Family> Draw(int pupils)
    {
        var families = Enumerable.Range(1, plan.Households).Select(Found).ToList();
        Settle(families, pupils);
        foreach (var family in families)
            Kin.SpoilSome(family);
        LeaveBehind(families);
        foreach (var family in families)
            Kin.Complete(family);
        NumberRows(families);
        return families;
    }

    private Family Found(int number)
    {
        var village = _dice.Pick(villages.All);
        var residency = _dice.PerMille(10) ? Residency.Unknown : _dice.PerMille(village.IsSubdistrict ? 650 : 950) ? Residency.Rural : Residency.Urban;
        return new(number, Names.Surname(_dice), village, residency, Contacts.Address(_dice, village.Town, village.Name));
    }

    /// <summary>As many pupils as asked for; for each hundred of them 28 children more, most too young for the roll.</summary>
    private void Settle(List<Family> families, int pupils)
    {
        var young = pupils * 18 / 100;
        var unschooled = pupils * 10 / 100;
        var places = _dice.Shuffled(Enumerable.Range(0, pupils + young + unschooled));
        if (places.Count > families.Count * (MostChildren - 1))
            throw new ArgumentException("Too many pupils for so few households.", nameof(pupils));
        foreach (var place in places)
        {
            Family family;
            do
                family = _dice.Pick(families);
            while (family.Children.Count == MostChildren);
            var twin = family.Children.Count > 0 && _dice.PerMille(10) ? family.Children[^1] : null;
            var isPupil = place < pupils;
            family.Children.Add(Kin.Child(family, twin?.IsPupil == isPupil ? twin.Born : Born(place, isPupil, place < pupils + unschooled), isPupil));
        }
    }

    private DateOnly Born(int place, bool isPupil, bool schoolAge)
    {
        // Some turn 6, 14 or 16 yesterday, today or tomorrow.
        if (isPupil && place % 331 < 9 && place < 331 * MostOfAnEdgeDay)
            return plan.Today.AddYears(-EdgeAges[place % 331 / 3]).AddDays((place % 331 % 3) - 1);
        var (youngest, oldest) = schoolAge ? (3, 17) : (0, 2);
        var first = plan.Today.AddYears(-oldest - 1).AddDays(60);
        var last = plan.Today.AddYears(-youngest).AddDays(-5);
        return first.AddDays(_dice.Below(last.DayNumber - first.DayNumber + 1));
    }

    private void LeaveBehind(List<Family> families)
    {
        var parents = new Parents(_dice, villages);
        var missing = plan.LeftBehind;
        foreach (var family in _dice.Shuffled(families))
        {
            var counted = family.Children.Count(IsKnownUnder16);
            family.IsLeftBehind = family.Residency is Residency.Rural && counted > 0 && counted <= missing;
            if (family.IsLeftBehind)
                missing -= counted;
            (family.Father, family.Mother) = family.IsLeftBehind ? parents.LeavingBehind()
                : family.Residency is Residency.Rural && counted > 0 ? parents.Caring() : parents.Any();
        }
        if (missing > 0)
            throw new ArgumentException("Too many left-behind children for so few households.", nameof(families));
    }

    private bool IsKnownUnder16(Child child) => child.BornAsTold is { } born && Ages.On(born, plan.Today) < 16;

    private void NumberRows(List<Family> families)
    {
        long sequence = 1;
        foreach (var family in families)
        {
            family.FirstSequence = sequence;
            sequence += Rows.HouseholdRows.Count(family);
        }
        // Nobody is late among the last rows: the rows that wait must be answered before.
        foreach (var family in families.TakeWhile(f => f.FirstSequence + (4 * plan.BatchSize) < sequence).Where(f => f.Children.Count > 0 && f.IsPlain))
            if (_dice.PerMille(8))
                family.Straggler = _dice.PerMille(500) ? Straggler.Household : Straggler.LastChild;
    }
}
