using System.Security.Cryptography;
using Google.Protobuf;
using LeftBehind.Contracts;
using LeftBehind.Protos.Registry.V1;

// One test measures processor time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LeftBehind.Population.Tests;

public sealed class PlanTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        var again = new PopulationPlan(Shipped.Tree, Shipped.Plan.Seed, Shipped.Today);
        Assert.Equal(Digest(Shipped.Plan), Digest(again));
        Assert.Equal(Digest(again), Digest(again));
    }

    [Fact]
    public void Another_seed_gives_other_bytes() =>
        Assert.NotEqual(Digest(Small(1)), Digest(Small(2)));

    [Fact]
    public void The_demo_pushes_more_than_200_000_rows() => Assert.True(
        new[] { Shipped.Plan.FirstLoad, Shipped.Plan.Changes }.Sum(load => load.Households.Batches.Sum(b => b.Rows.Count) + load.Roll.Batches.Sum(b => b.Rows.Count)) > 200_000);

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_small_population_meets_its_numbers_too(int seed)
    {
        var plan = Small(seed);
        var figures = Shipped.NewRecount().Take(plan.FirstLoad).On(Shipped.Today).Of(Shipped.County);
        Assert.Equal((280, 60), (figures["pupil.total.all"], figures["leftBehind.total.all"]));
        Assert.NotEmpty(plan.Changes.Households.Batches);
        Assert.NotEmpty(plan.Changes.Roll.Batches);
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PopulationPlan(Shipped.Tree, 1, Shipped.Today, 10, 1000, 5));
        Assert.Throws<ArgumentException>(() => new PopulationPlan(Shipped.Tree, 1, Shipped.Today, 100, 140, 500));
        Assert.Throws<ArgumentException>(() => new PopulationPlan(Shipped.Tree, 1, Shipped.Today, 100, 140, 5, countyCode: "431003001"));
    }

    [Fact]
    public void Every_village_is_peopled_and_every_household_is_pushed_once()
    {
        var households = FirstRows().Where(r => r.Household is not null).Select(r => r.Household).ToList();
        Assert.Equal(20_000, households.Select(h => h.HouseholdNo).Distinct().Count());
        Assert.Equal(20_000, households.Count);
        Assert.Equal(185, households.Select(h => h.ResidenceCode).Distinct().Count());
        Assert.InRange(households.Count(h => h.Residency is Residency.Unknown), 100, 300);
    }

    [Fact]
    public void ID_numbers_are_right_except_the_few_that_are_meant_wrong()
    {
        var numbers = FirstRows().Where(r => r.Member is { IdNumber.Length: > 0 }).Select(r => (r.Member, Number: ResidentIdNumber.Read(r.Member.IdNumber))).ToList();
        var total = numbers.Count;
        Assert.InRange(numbers.Count(n => n.Number.Status is IdNumberStatus.WrongCheckDigit), total / 1000, total * 5 / 1000);
        Assert.InRange(numbers.Count(n => n.Number.Status is IdNumberStatus.WrongForm), 1, total / 500);
        Assert.DoesNotContain(numbers, n => n.Number.Status is IdNumberStatus.WrongBirthDate);
        Assert.InRange(numbers.Count(n => n.Number.IsUpgraded), 500, 5000);
        Assert.InRange(numbers.Count(n => n.Member.IdNumber.StartsWith("432821", StringComparison.Ordinal)), 1000, 20_000);
        var differing = numbers.Count(n => n.Number.IsValid && n.Member.BirthDate.Length > 0 && $"{n.Number.BirthDate:yyyy-MM-dd}" != n.Member.BirthDate);
        Assert.InRange(differing, 10, 200);
        Assert.DoesNotContain(numbers, n => n.Number.IsValid && n.Member.Sex is not Sex.Unknown && (int)n.Member.Sex != (int)n.Number.Sex && $"{n.Number.BirthDate:yyyy-MM-dd}" == n.Member.BirthDate);
    }

    [Fact]
    public void Roll_numbers_are_right_and_most_are_of_the_G_kind()
    {
        var pupils = Shipped.Plan.FirstLoad.Roll.Rows.Select(r => r.Row).ToList();
        Assert.Equal(28_000, pupils.Select(p => p.StudentNo).Distinct().Count());
        Assert.InRange(pupils.Count(p => p.StudentNo[0] is 'L' or 'J'), 100, 1000);
        Assert.DoesNotContain(pupils, p => p.StudentNo[0] == 'G' && !ResidentIdNumber.Read(p.StudentNo[1..]).IsValid);
        Assert.DoesNotContain(pupils, p => p.Enrolled.IdNumber.Length > 0 && !ResidentIdNumber.Read(p.Enrolled.IdNumber).IsValid);
        Assert.InRange(pupils.Select(p => p.Enrolled.SchoolNo).Distinct().Count(), 24, 60);
    }

    [Fact]
    public void Row_ids_hold_nothing_personal_and_batches_are_small_enough()
    {
        foreach (var batch in Shipped.Plan.FirstLoad.Households.Batches.Concat(Shipped.Plan.Changes.Households.Batches))
        {
            Assert.InRange(batch.Rows.Count, 1, 500);
            Assert.True(batch.CalculateSize() < 1_000_000);
            // One kind of bad row has no id.
            Assert.DoesNotContain(batch.Rows, r => r.SourceEventId is not ("" or ['p', 'b', '-', .. { Length: 9 }]) || r.SourceEventId.Skip(3).Any(c => !char.IsAsciiDigit(c)));
        }
    }

    [Fact]
    public void Personal_values_include_names_numbers_phones_and_addresses()
    {
        var values = PersonalValues.Of(Small(3));
        Assert.Contains(values, v => v.StartsWith("湖南省郴州市苏仙区", StringComparison.Ordinal));
        Assert.Contains(values, v => v.Length == 11 && v[0] == '1');
        Assert.Contains(values, v => v.Length == 18 && v.StartsWith("431003", StringComparison.Ordinal));
        Assert.Contains(values, v => v.EndsWith("彧珺", StringComparison.Ordinal) || v.EndsWith("骉曌", StringComparison.Ordinal) || v.EndsWith("翀翯", StringComparison.Ordinal));
        Assert.DoesNotContain(values, v => v.Length < 3);
    }

    private static PopulationPlan Small(int seed) => new(Shipped.Tree, seed, Shipped.Today, households: 200, pupils: 280, leftBehind: 60);

    private static IEnumerable<HouseholdRow> FirstRows() => Shipped.Plan.FirstLoad.Households.Rows.Select(r => r.Row);

    private static string Digest(PopulationPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var phase in new[] { plan.FirstLoad, plan.Changes })
        {
            foreach (var batch in phase.Households.Batches)
                hash.AppendData(batch.ToByteArray());
            foreach (var batch in phase.Roll.Batches)
                hash.AppendData(batch.ToByteArray());
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
