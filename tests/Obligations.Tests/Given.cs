using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;

namespace LeftBehind.Obligations.Tests;

/// <summary>Duties as services would open them.</summary>
internal static class Given
{
    public static readonly WorkCalendar Calendar = WorkCalendar.Load(Path.Combine(AppContext.BaseDirectory, "workdays.json"));
    public static readonly DivisionId Village = DivisionId.Parse("431003101218@2023"), County = DivisionId.Parse("431003@2023"), Province = DivisionId.Parse("43@2023");
    public static readonly ObligationSubject Child = new("child", new("00000000-0000-4000-8000-000000000001"));
    public static readonly DateTimeOffset Start = China("2026-03-02 09:00");

    /// <summary>人身安全保护令: 72 natural hours (反家暴法 §28).</summary>
    public static readonly ObligationTerms Order = new("guardianship.decideOrder", ObligationBasis.Law, "反家暴法 §28", Clock.Natural(TimeSpan.FromHours(72)))
    {
        AtRisk = AtRisk.Before(TimeSpan.FromHours(12)), EscalatesAfter = TimeSpan.FromHours(1),
    };

    /// <summary>立即: the alert is ours.</summary>
    public static readonly ObligationTerms AtOnce = new("reporting.refer", ObligationBasis.Law, "未成年人保护法 §11", Clock.Immediate(TimeSpan.FromHours(2)))
    {
        EscalatesAfter = TimeSpan.FromHours(4),
    };

    public static DateTimeOffset China(string moment) =>
        new(DateTime.ParseExact(moment, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public static ObligationOpened Opening(ObligationTerms terms, DateTimeOffset? startsAt = null, DivisionId? owner = null)
    {
        var starts = (startsAt ?? Start).ToUniversalTime();
        return new(
            new(terms.Kind, Child, owner ?? County, OwnerDepartment.CivilAffairs, starts, terms.DueAt(starts, Calendar), terms.Basis, terms.Citation),
            terms.AtRiskAt(starts, Calendar), terms.EscalatesAt(starts, Calendar), starts);
    }

    public static Obligation Opened(ObligationTerms terms, DateTimeOffset? startsAt = null, DivisionId? owner = null) =>
        Obligation.New(Guid.NewGuid()).After(Opening(terms, startsAt, owner));

    public static Obligation With(this Obligation obligation, IEnumerable<IObligationEvent> events) => events.Aggregate(obligation, (o, e) => o.After(e));

    public static Type[] Kinds(this IEnumerable<IObligationEvent> events) => [.. events.Select(e => e.GetType())];
}
