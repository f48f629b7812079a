using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.Obligations;
using static LeftBehind.GuardianshipIntervention.Court.CourtAct;

namespace LeftBehind.GuardianshipIntervention.Court;

/// <summary>
/// The clocks of a case, each owed at the county of the child's residence; a breach is brought before the city at once. The court's
/// times are law; after what time civil affairs must petition the law does not say (未及时): that is a platform default.
/// </summary>
public sealed class CaseDuties(ObligationBook book, DivisionTree tree, PetitionWait wait, TimeProvider clock)
{
    public const string DecideOrder = "guardianship.decideOrder", JudgePetition = "guardianship.judgePetition", Petition = "guardianship.civilAffairsPetition";

    private const int JudgmentDays = 30, PetitionDays = 30;
    private const string Ended = "The case is closed, or no ground is wholly shown any more.";
    private const string OrderCitation = "反家庭暴力法 §28：应当在七十二小时内作出人身安全保护令或者驳回申请；情况紧急的，应当在二十四小时内作出";
    private const string JudgmentCitation = "民事诉讼法 §187：自立案之日起三十日内审结；有特殊情况需要延长的，由本院院长批准";

    private static readonly ObligationTerms Ordinary = Order(TimeSpan.FromHours(72)), Urgent = Order(TimeSpan.FromHours(24));
    private static readonly ObligationTerms Judgment = Judge(Clock.Days(JudgmentDays));

    private static readonly ObligationTerms CivilAffairsPetition = new(Petition, ObligationBasis.PlatformDefault,
        "民法典 §36：个人和民政部门以外的组织未及时申请的，民政部门应当向人民法院申请；等待和办理的时间为平台默认", Clock.Days(PetitionDays))
    { AtRisk = AtRisk.Before(TimeSpan.FromDays(7)), EscalatesAfter = TimeSpan.Zero };

    /// <summary>72 hours, or 24 where the situation is urgent, every hour counted.</summary>
    public static ObligationTerms TermsOf(CourtRecord application) => application.Urgent ? Urgent : Ordinary;

    /// <summary>30 days from filing, or until the last day that the court's president gave.</summary>
    public static ObligationTerms TermsOfJudgment(CourtRecord filedOrExtended) => filedOrExtended is { Act: PetitionExtended, Until: { } last }
        ? Judge(Clock.Natural(WorkCalendar.StartOf(last.AddDays(1)) - filedOrExtended.OccurredAt))
        : Judgment;

    /// <summary>Opens, fulfils and waives what follows from changes, in one pass.</summary>
    public async Task FollowAsync(StoreWork work, IReadOnlyList<CaseChanged> changed, CancellationToken ct)
    {
        var (opened, done, waived) = (new List<NewObligation>(), new List<Fulfilment>(), new List<Waiver>());
        foreach (var (before, after, meta) in changed)
        {
            var subject = new ObligationSubject(InterventionCase.StreamType, after.Id);
            FollowGrounds(before, after, subject, meta, opened, waived);
            foreach (var act in after.Acts.Skip(before.Acts.Count))
                FollowAct(act, before, after, subject, meta, opened, done, waived);
        }
        // What runs is ended before anything begins, so that more time takes the place of the time before.
        if (done.Count > 0)
            await book.FulfilAsync(work, done, ct);
        if (waived.Count > 0)
            await book.WaiveAsync(work, waived, ct);
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
    }

    /// <summary>From when a ground is shown others have their time; then it is for civil affairs. Without any ground nobody owes a petition.</summary>
    private void FollowGrounds(
        InterventionCase before, InterventionCase after, ObligationSubject subject, EventMeta meta, List<NewObligation> opened, List<Waiver> waived)
    {
        if (before.GroundsSince is null && after is { GroundsSince: { } since, State: CaseState.Open, Of.IsParent: true })
            opened.Add(new(CivilAffairsPetition, subject, CountyOf(after), OwnerDepartment.CivilAffairs, clock.GetUtcNow().AddDays(wait.Days), meta, KeyOf(since)));
        else if (before is { GroundsSince: not null, State: CaseState.Open } && (after.GroundsSince is null || after.State is CaseState.Closed))
            waived.Add(new(subject, Petition, Ended, meta));
    }

    private void FollowAct(
        CourtRecord act, InterventionCase before, InterventionCase after, ObligationSubject subject, EventMeta meta,
        List<NewObligation> opened, List<Fulfilment> done, List<Waiver> waived)
    {
        switch (act.Act)
        {
            case OrderApplied:
                opened.Add(new(TermsOf(act), subject, CountyOf(after), OwnerDepartment.Justice, act.OccurredAt, meta, $"{act.Request:N}"));
                break;
            case OrderGranted or OrderRefused:
                done.Add(new(subject, DecideOrder, meta, $"{before.Last(OrderApplied)!.Request:N}"));
                break;
            case PetitionFiled:
                if (before.GroundsSince is { } since)
                    done.Add(new(subject, Petition, meta, KeyOf(since)));
                opened.Add(new(Judgment, subject, CountyOf(after), OwnerDepartment.Justice, act.OccurredAt, meta, $"{act.Request:N}"));
                break;
            case PetitionExtended:
                waived.Add(new(subject, JudgePetition, "The court's president gave more time (民事诉讼法 §187).", meta));
                opened.Add(new(TermsOfJudgment(act), subject, CountyOf(after), OwnerDepartment.Justice, act.OccurredAt, meta, $"{act.Request:N}"));
                break;
            case PetitionWithdrawn or PetitionDismissed or GuardianshipRevoked:
                done.Add(new(subject, JudgePetition, meta, $"{before.Last(PetitionFiled, PetitionExtended)!.Request:N}"));
                break;
        }
    }

    private static string KeyOf(long since) => $"since/{since}";

    private DivisionId CountyOf(InterventionCase of) =>
        tree.Path(of.Of!.Division).Cast<DivisionId?>().FirstOrDefault(d => d!.Value.Level is DivisionLevel.County) ?? of.Of.Division;

    private static ObligationTerms Order(TimeSpan time) =>
        new(DecideOrder, ObligationBasis.Law, OrderCitation, Clock.Natural(time)) { EscalatesAfter = TimeSpan.Zero };

    private static ObligationTerms Judge(Clock time) =>
        new(JudgePetition, ObligationBasis.Law, JudgmentCitation, time) { AtRisk = AtRisk.Before(TimeSpan.FromDays(5)), EscalatesAfter = TimeSpan.Zero };
}

/// <summary>
/// How long others may petition before it is for civil affairs (民法典 §36: 未及时). The law names no time: platform default 30 days,
/// <c>Guardianship:PetitionWaitDays</c>.
/// </summary>
public sealed record PetitionWait(int Days)
{
    public const int Default = 30;

    public static PetitionWait From(IConfiguration configuration) => configuration.GetValue("Guardianship:PetitionWaitDays", Default) is > 0 and <= 365 and var days
        ? new(days)
        : throw new InvalidOperationException("Guardianship:PetitionWaitDays is 1 to 365.");
}
