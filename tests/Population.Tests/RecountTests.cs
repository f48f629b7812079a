using LeftBehind.Contracts;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.Tests;

public sealed class RecountTests
{
    [Fact]
    public void The_first_load_has_exactly_the_pupils_and_left_behind_children_asked_for()
    {
        var county = Shipped.Figures.Loaded.Of(Shipped.County);
        Assert.Equal(28_000, county["pupil.total.all"]);
        Assert.Equal(6_000, county["leftBehind.total.all"]);
        Assert.Equal(6_000, county["onFile.category.leftBehind"]);
        Assert.InRange(county["pupil.match.waiting"], 280, 280 + 600);
    }

    [Fact]
    public void The_changes_move_every_kind_of_figure()
    {
        var (before, after) = (Shipped.Figures.Loaded.Of(Shipped.County), Shipped.Figures.Changed.Of(Shipped.County));
        foreach (var measure in new[] { "leftBehind.total.all", "onFile.total.all", "pupil.total.all", "pupil.match.matched", "pupil.state.onLeave",
            "pupil.state.droppedOut", "onFile.verified.no", "onFile.category.undetermined", "leftBehind.carer.grandparents" })
            Assert.NotEqual(before[measure], after[measure]);
        Assert.True(after["onFile.category.inDifficulty"] > 0);
        Assert.True(after["onFile.ageSex.notCollected.male"] + after["onFile.ageSex.notCollected.female"] > 0);
        var neighbours = Shipped.Figures.Changed.Of("4310")["onFile.total.all"] - after["onFile.total.all"];
        Assert.InRange(neighbours, 1, 200);
    }

    [Fact]
    public void Each_division_is_the_sum_of_its_children()
    {
        foreach (var figures in new[] { Shipped.Figures.Loaded, Shipped.Figures.Changed })
            foreach (var code in figures.Divisions.Where(c => c.Length < 12))
            {
                var id = Shipped.Tree.Resolve(DivisionCode.Parse(code), Shipped.Today)!.Value;
                var children = Shipped.Tree.Children(id).Select(c => figures.Of(Shipped.Tree.Code(c).Digits)).ToList();
                foreach (var (measure, n) in figures.Of(code))
                    Assert.Equal(n, children.Sum(c => c[measure]));
            }
    }

    [Fact]
    public void Each_dimension_sums_to_its_total()
    {
        var dimensions = RecountedFigures.Measures.Select(m => m.Split('.')).Select(m => (Population: m[0], Dimension: m[1])).Distinct().ToList();
        foreach (var code in Shipped.Figures.Changed.Divisions)
        {
            var figures = Shipped.Figures.Changed.Of(code);
            foreach (var (population, dimension) in dimensions)
                Assert.Equal(figures[$"{population}.total.all"], figures.Where(f => f.Key.StartsWith($"{population}.{dimension}.", StringComparison.Ordinal)).Sum(f => f.Value));
        }
    }

    [Fact]
    public void The_order_of_arrival_makes_no_difference()
    {
        var plan = new PopulationPlan(Shipped.Tree, 5, Shipped.Today, households: 3000, pupils: 4000, leftBehind: 800, batchSize: 100);
        var straight = Shipped.NewRecount().Take(plan.FirstLoad).Take(plan.Changes).On(Shipped.Today);
        var reversed = Shipped.NewRecount();
        // The first load stays before the changes: of two rows with one id the first counts.
        foreach (var phase in new[] { plan.FirstLoad, plan.Changes })
        {
            foreach (var batch in phase.Roll.Batches.Reverse())
                reversed.Take(batch);
            foreach (var batch in phase.Households.Batches.Reverse())
                reversed.Take(batch);
        }
        var other = reversed.On(Shipped.Today);
        Assert.Equal(straight.Divisions.Order(), other.Divisions.Order());
        foreach (var code in straight.Divisions)
            Assert.Equal(straight.Of(code), other.Of(code));
    }

    [Fact]
    public void A_second_pupil_of_a_child_that_leaves_school_does_not_end_the_first_ones_enrolment()
    {
        // The feeds themselves never hold two pupils of one child.
        var told = Shipped.Plan.FirstLoad.Roll.Batches.SelectMany(b => b.Rows).First(r => r.Enrolled?.Stage is Stage.Primary && r.StudentNo.StartsWith('G'));
        var second = told.Clone();
        (second.StudentNo, second.SourceEventId, second.SourceSequence) = ("L4310039999999999", "sr-second-1", 900_000_001);
        (second.Enrolled.IdNumber, second.Enrolled.Stage) = (told.StudentNo[1..], Stage.SeniorHigh);
        var left = second.Clone();
        (left.SourceEventId, left.SourceSequence, left.DroppedOut) = ("sr-second-2", 900_000_002, new());
        var before = Shipped.Figures.Loaded.Of(Shipped.County);
        var recount = Shipped.NewRecount().Take(Shipped.Plan.FirstLoad);
        recount.Take(new RollBatch { Rows = { second } });
        var both = recount.On(Shipped.Today).Of(Shipped.County);
        recount.Take(new RollBatch { Rows = { left } });
        var one = recount.On(Shipped.Today).Of(Shipped.County);
        Assert.Equal((before["onFile.schooling.primary"] - 1, before["onFile.schooling.seniorHigh"] + 1), (both["onFile.schooling.primary"], both["onFile.schooling.seniorHigh"]));
        Assert.Equal((before["onFile.schooling.primary"], before["onFile.schooling.notInSchool"]), (one["onFile.schooling.primary"], one["onFile.schooling.notInSchool"]));
        Assert.Equal((before["pupil.total.all"] + 1, 1, 1, before["pupil.state.droppedOut"]),
            (one["pupil.total.all"], one["pupil.schooling.notInSchool"], one["pupil.state.notInSchool"], one["pupil.state.droppedOut"]));
    }

    [Fact]
    public void Sixteen_is_reached_on_the_birthday()
    {
        var recount = Shipped.NewRecount().Take(Shipped.Plan.FirstLoad);
        var (today, tomorrow) = (recount.On(Shipped.Today).Of(Shipped.County), recount.On(Shipped.Today.AddDays(1)).Of(Shipped.County));
        Assert.True(tomorrow["onFile.ageSex.16-17.male"] > today["onFile.ageSex.16-17.male"]);
        Assert.Equal(0, today["leftBehind.ageSex.16-17.male"] + today["leftBehind.ageSex.16-17.female"]);
    }
}
