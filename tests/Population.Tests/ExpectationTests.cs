using LeftBehind.Population.Phases;

namespace LeftBehind.Population.Tests;

public sealed class ExpectationTests
{
    [Theory]
    [InlineData(500), InlineData(1000), InlineData(77)]
    public void A_naive_receiver_answers_every_household_row_as_expected(int batchSize)
    {
        var plan = new PopulationPlan(Shipped.Tree, 13, Shipped.Today, households: 6000, pupils: 8000, leftBehind: 1500, batchSize: batchSize);
        var arrivals = new Arrivals(Shipped.Tree, Shipped.Today);
        foreach (var feed in new[] { plan.FirstLoad.Households, plan.Changes.Households })
        {
            var answers = feed.Batches.SelectMany(b => arrivals.Take(b.Rows)).ToList();
            foreach (var (sent, answer) in feed.Rows.Zip(answers))
                if ((sent.Answer, sent.Repeated) != answer)
                    Assert.Fail($"{sent.Row.SourceEventId} expected {sent.Answer}, got {answer}");
        }
        Assert.Equal(plan.FirstLoad.Households.Ledger + plan.Changes.Households.Ledger, arrivals.Ledger);
    }

    [Fact]
    public void The_changes_meet_every_verdict()
    {
        foreach (var counts in new[] { Shipped.Plan.Changes.Households.Answers, Shipped.Plan.Changes.Roll.Answers })
        {
            Assert.True(counts is { Applied: > 100, Unchanged: > 50, Superseded: > 50, Waiting: > 2, Rejected: > 40, Repeated: > 50 }, counts.ToString());
            Assert.InRange(counts.Rejected / (double)counts.Received, 0.01, 0.04);
        }
    }

    [Fact]
    public void Rows_of_the_first_load_are_applied_in_the_end_and_a_few_wait()
    {
        var (answers, ledger) = (Shipped.Plan.FirstLoad.Households.Answers, Shipped.Plan.FirstLoad.Households.Ledger);
        Assert.InRange(answers.Waiting, 200, answers.Received / 50);
        Assert.Equal(new VerdictCounts(answers.Received, 0, 0, 0, 0, 0), ledger);
        Assert.Equal(new VerdictCounts(28_000, 0, 0, 0, 0, 0), Shipped.Plan.FirstLoad.Roll.Answers);
    }
}
