using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Responses;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>What stays open after a response was closed without the parents, and when it is done.</summary>
public class ResponseDutiesTests
{
    private static readonly Reports.Report LivingAlone = Given.Received(Situation.LivingAlone);
    private static readonly Response Unreachable = Given.Settled(LivingAlone, Measure.TemporaryCareByRelative, Measure.ParentsNotificationAssisted,
        Measure.EvidenceTaken, Measure.MedicalCareHelped, Measure.InjuryExaminationHelped).With(new ParentsFoundUnreachable(Given.Now, Given.Officer));
    private static readonly Response Closed = Unreachable.With([.. CloseResponse.Decide(new(Given.Officer), Unreachable, LivingAlone, Given.Now)]);

    [Fact]
    public void Nothing_is_owed_before_the_closing_and_two_duties_after_it()
    {
        Assert.Empty(ResponseDuties.Owed(Unreachable, LivingAlone));
        Assert.Equal([ResponseObligation.ParentsReturnOrCarerNamed, ResponseObligation.ParentsReprimanded], ResponseDuties.Owed(Closed, LivingAlone).Keys.Order());
    }

    [Fact]
    public void Whoever_reached_the_parents_owes_nothing()
    {
        var reached = Given.Settled(LivingAlone, Measure.CarerNamed, Measure.ParentsReprimanded, Measure.EvidenceTaken, Measure.MedicalCareHelped, Measure.InjuryExaminationHelped);
        Assert.Empty(ResponseDuties.Owed(reached.With([.. CloseResponse.Decide(new(Given.Officer), reached, LivingAlone, Given.Now)]), LivingAlone));
    }

    [Theory]
    [InlineData(Measure.ParentsOrderedBack, ResponseObligation.ParentsReprimanded)]
    [InlineData(Measure.CarerNamed, ResponseObligation.ParentsReprimanded)]
    [InlineData(Measure.ParentsReprimanded, ResponseObligation.ParentsReturnOrCarerNamed)]
    public void A_measure_taken_later_ends_its_own_duty_alone(Measure measure, ResponseObligation stays) =>
        Assert.Equal(stays, Assert.Single(ResponseDuties.Owed(Closed.With(Given.Taken(measure)), LivingAlone)).Key);

    [Fact]
    public void The_return_is_due_at_once_and_never_late_and_the_reprimand_by_a_platform_default()
    {
        var (back, reprimand) = (ResponseDuties.TermsOf(ResponseObligation.ParentsReturnOrCarerNamed), ResponseDuties.TermsOf(ResponseObligation.ParentsReprimanded));
        Assert.Equal((ObligationBasis.Policy, null), (back.Basis, back.DueAt(Given.Now, null!)));
        Assert.Equal(Given.Now.AddHours(24), back.AtRiskAt(Given.Now, null!));
        Assert.Contains("立即", back.Citation, StringComparison.Ordinal);
        Assert.Equal(ObligationBasis.PlatformDefault, reprimand.Basis);
        Assert.StartsWith("平台默认", reprimand.Citation, StringComparison.Ordinal);
        Assert.All(Enum.GetValues<ResponseObligation>(), o => Assert.Equal(ResponseDuties.KindOf(o), ResponseDuties.TermsOf(o).Kind));
    }
}
