using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Placements;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>What is due at once is measured, alerted on a configured default and told to the level above; nothing claims to be law that is not.</summary>
public class ClockTests
{
    private static readonly ReportingRules Rules = new() { ReferAlertAfter = TimeSpan.FromMinutes(20), DispatchAlertAfter = TimeSpan.FromMinutes(10), EscalatesAfter = TimeSpan.FromMinutes(30) };
    private static readonly CaseDuties Immediate = new(null!, null!, Rules);

    [Fact]
    public void Telling_the_police_and_sending_them_out_have_no_due_time_and_an_alert_as_configured()
    {
        foreach (var (terms, alert, kind) in new[] { (Immediate.ReferTerms, Rules.ReferAlertAfter, "reporting.referToPolice"), (Immediate.DispatchTerms, Rules.DispatchAlertAfter, "reporting.dispatch") })
        {
            Assert.Equal((kind, ObligationBasis.Policy, null), (terms.Kind, terms.Basis, terms.DueAt(Given.Now, null!)));
            Assert.Equal(Given.Now + alert, terms.AtRiskAt(Given.Now, null!));
            Assert.Equal(Given.Now + alert + Rules.EscalatesAfter, terms.EscalatesAt(Given.Now, null!));
        }
    }

    [Fact]
    public void Every_duty_names_its_rule_and_a_default_says_that_it_is_one()
    {
        ObligationTerms[] all = [Immediate.ReferTerms, Immediate.DispatchTerms, AccountabilityDuties.Terms, new PlacementDuties(null!, null!, Rules).Terms];
        Assert.All(all, t => Assert.NotEqual(ObligationBasis.Law, t.Basis));
        Assert.All(all, t => Assert.Contains("平台默认", t.Citation, StringComparison.Ordinal));
        Assert.All(all.Where(t => t.Basis is ObligationBasis.PlatformDefault), t => Assert.StartsWith("平台默认", t.Citation, StringComparison.Ordinal));
        Assert.All(all.Where(t => t.Basis is ObligationBasis.Policy), t => Assert.Contains("第一时间", t.Citation, StringComparison.Ordinal));
        Assert.Contains("第117条", AccountabilityDuties.Terms.Citation, StringComparison.Ordinal);
    }
}
