using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Linking;
using LeftBehind.Reporting.Reports;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>Open cases of one household become one, when it is told late that it is one.</summary>
public class JoinSiblingsTests
{
    private static readonly Guid Younger = Guid.NewGuid();

    private static readonly Report First = Of(Situation.GuardianIncapableOrFailing, Given.Child, 0), Second = Of(Situation.DomesticViolence, Younger, 5);

    [Fact]
    public void The_later_joins_the_earlier_in_whatever_order_they_are_looked_at_and_the_urgency_only_rises()
    {
        foreach (var household in new[] { new[] { First, Second }, [Second, First] })
        {
            var (joins, into) = Assert.Single(JoinSiblings.Pairs(household));
            Assert.Equal((Second.Id, First.Id), (joins.Id, into.Id));
            var joined = Given.After(joins, r => JoinSiblings.Decide(r, into));
            Assert.Equal((First.Id, Younger, ReportState.Linked), (joined.LinkedTo, joined.Case.Child, joined.State));
            var open = Given.After(into, c => LinkReport.Join(joins, c));
            Assert.Equal((Urgency.Emergency, joins.Id), (open.Case.Urgency, Assert.Single(open.Joined)));
            Assert.Empty(JoinSiblings.Pairs([joined, open]));
        }
    }

    [Fact]
    public void What_is_answered_or_has_reports_is_joined_and_joins_nothing()
    {
        var answered = Second.After(new ReferredToPolice(Guid.NewGuid(), Given.Now, "by"));
        Assert.Equal((First.Id, answered.Id), Ids(Assert.Single(JoinSiblings.Pairs([First, answered]))));
        var several = Second.After(new RepeatReceived(Guid.NewGuid(), Situation.Missing, Urgency.Emergency, null));
        Assert.Equal((First.Id, several.Id), Ids(Assert.Single(JoinSiblings.Pairs([First, several]))));
        Assert.Empty(JoinSiblings.Pairs([answered, several]));
        Assert.Empty(JoinSiblings.Pairs([First]));
        Assert.Empty(JoinSiblings.Pairs([First, Second.After(new ReportConcluded(Guid.NewGuid()))]));
    }

    [Fact]
    public void Whom_the_case_must_not_meet_the_report_must_not_meet_either()
    {
        var shielded = First with { Case = First.Case with { Shielded = true } };
        Assert.True(Given.After(Second, r => JoinSiblings.Decide(r, shielded)).Case.Shielded);
    }

    private static (Guid, Guid) Ids((Report Joins, Report Case) pair) => (pair.Joins.Id, pair.Case.Id);

    private static Report Of(Situation situation, Guid child, int minutes) =>
        Given.After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(Given.Report(situation, child: child), r, null, Given.Now.AddMinutes(minutes)));
}
