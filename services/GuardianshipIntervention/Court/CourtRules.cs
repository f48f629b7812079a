using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>What the law asks of single acts beyond their place in the table. Pure.</summary>
public static class CourtRules
{
    /// <summary>An order is valid for no more (反家庭暴力法 §30).</summary>
    public const int OrderMonths = 6;

    /// <summary>A review is asked for within so many days (反家庭暴力法 §31).</summary>
    public const int ReviewDays = 5;

    /// <summary>Why an act that the table allows is refused; null where it is not.</summary>
    public static string? Refusal(CourtRecord record, InterventionCase of) => record.Act switch
    {
        CourtAct.OrderGranted => OrderTime(record),
        CourtAct.OrderExtended => record.OccurredAt >= LapsesAt(of) ? "The order has lapsed; it is prolonged before that (反家庭暴力法 §30)."
            : record.Until <= of.Last(CourtAct.OrderGranted, CourtAct.OrderExtended)!.Until ? "The order is prolonged to a later day than it has (反家庭暴力法 §30)."
            : OrderTime(record),
        CourtAct.OrderReviewAsked => ReviewTime(record, of),
        CourtAct.OrderReviewUpheld => ReviewPending(of) ? null : "No review of this decision is pending (反家庭暴力法 §31).",
        CourtAct.OrderLapsed => record.OccurredAt >= LapsesAt(of) ? null : "The order's time has not run out (反家庭暴力法 §30).",
        CourtAct.PetitionFiled => FilePetition.Refusal(record, of),
        CourtAct.PetitionExtended => record.Until > WorkCalendar.DayOf(record.OccurredAt) ? null : "until: the last day of the new time, after the day it was given (民事诉讼法 §187).",
        CourtAct.GuardianshipRevoked => record.Guardian is null or GuardianKind.Missing
            ? "A judgment that revokes guardianship names the guardian, or civil affairs: 按照最有利于被监护人的原则依法指定监护人 (民法典 §36)."
            : null,
        CourtAct.RestorationPetitioned or CourtAct.GuardianshipRestored => of.CrimeConvicted
            ? "Whoever committed an intentional crime against the child is not restored: 除对被监护人实施故意犯罪的外 (民法典 §38)."
            : null,
        _ => null,
    };

    /// <summary>The first moment at which a granted order is valid no more.</summary>
    public static DateTimeOffset? LapsesAt(InterventionCase of) =>
        of.Last(CourtAct.OrderGranted, CourtAct.OrderExtended)?.Until is { } last ? WorkCalendar.StartOf(last.AddDays(1)) : null;

    /// <summary>A review that was asked for and not decided; it does not suspend the order (反家庭暴力法 §31).</summary>
    public static bool ReviewPending(InterventionCase of) =>
        of.Last(CourtAct.OrderApplied, CourtAct.OrderReviewAsked, CourtAct.OrderReviewUpheld, CourtAct.OrderSetAside)?.Act is CourtAct.OrderReviewAsked;

    private static string? OrderTime(CourtRecord record) => record.Until switch
    {
        null => "An order tells until when it is valid (反家庭暴力法 §30).",
        { } until when until < WorkCalendar.DayOf(record.OccurredAt) => "until: before the day of the order (反家庭暴力法 §30).",
        { } until when until > WorkCalendar.DayOf(record.OccurredAt).AddMonths(OrderMonths) => "A protection order is valid for six months at the most: 有效期不超过六个月 (反家庭暴力法 §30).",
        _ => null,
    };

    /// <summary>Once, and within five days of the decision taking effect; the first day is not counted (民法典 §201).</summary>
    private static string? ReviewTime(CourtRecord record, InterventionCase of) =>
        of.Last(CourtAct.OrderApplied, CourtAct.OrderReviewAsked)?.Act is CourtAct.OrderReviewAsked ? "A review is asked for once (反家庭暴力法 §31)."
        : WorkCalendar.DayOf(record.OccurredAt) > WorkCalendar.DayOf(of.Last(CourtAct.OrderGranted, CourtAct.OrderRefused)!.OccurredAt).AddDays(ReviewDays)
            ? "A review is asked for within five days: 可以自裁定生效之日起五日内…申请复议一次 (反家庭暴力法 §31)."
            : null;
}
