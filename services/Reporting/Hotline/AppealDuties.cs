using System.Globalization;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Reporting.Hotline;

/// <summary>
/// What is owed of an appeal, by the platform that holds it: to be classified at once, answered in working days, followed up. A transfer hands the duty
/// on with its clock. The policy asks for acceptance at once (即时在线接听和登记受理) and names no time, so each is a platform default.
/// </summary>
public sealed class AppealDuties(ObligationBook book, ReportingRules rules)
{
    public const string Classify = "reporting.classifyAppeal", Answer = "reporting.answerAppeal", FollowUp = "reporting.followUpAppeal";

    private readonly int answerWithin = rules.AnswerWithinWorkingDays;

    private readonly Dictionary<string, ObligationTerms> termsOf = new ObligationTerms[]
    {
        new(Classify, ObligationBasis.PlatformDefault, "平台默认：受理后立即分类；政策（12355诉求平台）：对儿童的求助申请实行即时在线接听和登记受理，未规定期限",
            Clock.Immediate(rules.ClassifyAlertAfter)) { EscalatesAfter = rules.EscalatesAfter },
        new(Answer, ObligationBasis.PlatformDefault, $"平台默认：分类之日起{rules.AnswerWithinWorkingDays}个工作日内答复；政策（12355诉求平台）：落实好诉求办理处置工作，未规定期限",
            Clock.WorkingDays(rules.AnswerWithinWorkingDays)) { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.FromDays(3) },
        new(FollowUp, ObligationBasis.PlatformDefault, $"平台默认：答复之日起{rules.FollowUpWithinWorkingDays}个工作日内回访；政策（12355诉求平台）：落实好个案的跟踪处置工作，未规定期限",
            Clock.WorkingDays(rules.FollowUpWithinWorkingDays)) { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.FromDays(3) },
    }.ToDictionary(t => t.Kind, StringComparer.Ordinal);

    /// <summary>What is owed now: kind, what tells it from others of the kind, and from when its time runs. Pure.</summary>
    public static IEnumerable<(string Kind, string Key, DateTimeOffset StartsAt)> Owed(Appeal appeal)
    {
        if (appeal.State is AppealState.Received && appeal.Exists)
            yield return (Classify, "once", appeal.Received!.At);
        if (appeal.OwesAnswer)
            yield return (Answer, string.Create(CultureInfo.InvariantCulture, $"{appeal.Answers.Count}/{appeal.Hops.Count}"), appeal.OwedFrom);
        if (appeal.OwesFollowUp)
            yield return (FollowUp, appeal.Answers.Count.ToString(CultureInfo.InvariantCulture), appeal.Answers[^1].At);
    }

    /// <summary>Why a duty is let go that nobody did; null where it was done. Pure.</summary>
    public static string? LetGo(string kind, Appeal before, Appeal after) => kind switch
    {
        Answer or FollowUp when after.Class is AppealClass.Report && before.Class is not AppealClass.Report => "It became a report of harm, which has duties of its own.",
        Answer when after.Hops.Count > before.Hops.Count => "It was transferred; the receiving platform owes it from the same time on.",
        _ => null,
    };

    /// <summary>Opens what is owed since, and ends what is owed no more.</summary>
    public async Task FollowAsync(StoreWork work, Appeal before, Appeal after, EventMeta meta, CancellationToken ct)
    {
        var (was, owed, subject) = (Owed(before).ToList(), Owed(after).ToList(), new ObligationSubject(Appeal.StreamType, after.Id));
        var (ended, opened) = (was.ExceptBy(owed.Select(o => (o.Kind, o.Key)), o => (o.Kind, o.Key)).ToList(), owed.ExceptBy(was.Select(o => (o.Kind, o.Key)), o => (o.Kind, o.Key)).ToList());
        var done = ended.Where(o => LetGo(o.Kind, before, after) is null).Select(o => new Fulfilment(subject, o.Kind, meta, o.Key)).ToList();
        if (done.Count > 0)
            await book.FulfilAsync(work, done, ct);
        var letGo = ended.Where(o => LetGo(o.Kind, before, after) is not null).Select(o => new Waiver(subject, o.Kind, LetGo(o.Kind, before, after)!, meta, o.Key)).ToList();
        if (letGo.Count > 0)
            await book.WaiveAsync(work, letGo, ct);
        if (opened.Count > 0)
            await book.OpenAsync(work, [.. opened.Select(o => new NewObligation(termsOf[o.Kind], subject, after.Holder, OwnerDepartment.YouthLeague, o.StartsAt, meta, o.Key))], ct);
    }

    /// <summary>The last day in time for an answer that is owed from a moment on.</summary>
    public DateOnly AnswerDueOn(DateTimeOffset from, WorkCalendar calendar) => calendar.AddWorkingDays(WorkCalendar.DayOf(from), answerWithin);
}
