using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;

namespace LeftBehind.Reporting.Responses;

/// <summary>
/// What stays to be done after a response was closed without the parents is a duty of the county's police, from the closing on (policy:
/// 建立应急处置机制, 公安机关…责令其父母立即返回或确定受委托监护人，并对父母进行训诫).
/// </summary>
public sealed class ResponseDuties(ObligationBook book, DivisionTree tree)
{
    /// <summary>A response is closed once.</summary>
    private const string Key = "closed";

    private const string NotNeeded = "Recorded as not needed; the reason is kept with the response.";
    private const int ReprimandWorkingDays = 10;
    private static readonly TimeSpan AlertAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan EscalatesAfter = TimeSpan.FromDays(3);

    /// <summary>The rule of each; only the return is due at once (立即), and no rule measures that.</summary>
    public static ObligationTerms TermsOf(ResponseObligation obligation) => obligation switch
    {
        ResponseObligation.ParentsReturnOrCarerNamed => new(KindOf(obligation), ObligationBasis.Policy,
            "政策（建立应急处置机制）：责令父母立即返回或确定受委托监护人；提醒时间为平台默认", Clock.Immediate(AlertAfter))
        { EscalatesAfter = EscalatesAfter },
        ResponseObligation.ParentsReprimanded => new(KindOf(obligation), ObligationBasis.PlatformDefault,
            $"平台默认：处置结束之日起{ReprimandWorkingDays}个工作日内训诫；政策（建立应急处置机制）未规定期限", Clock.WorkingDays(ReprimandWorkingDays))
        { EscalatesAfter = EscalatesAfter },
        _ => throw new ArgumentOutOfRangeException(nameof(obligation)),
    };

    public static string KindOf(ResponseObligation obligation) => obligation switch
    {
        ResponseObligation.ParentsReturnOrCarerNamed => "reporting.parentsReturnOrCarer",
        ResponseObligation.ParentsReprimanded => "reporting.reprimandParents",
        _ => throw new ArgumentOutOfRangeException(nameof(obligation)),
    };

    /// <summary>Opens what a closing left, and ends what was recorded since: done, or not needed.</summary>
    public async Task FollowAsync(StoreWork work, Response before, Response after, Report report, EventMeta meta, CancellationToken ct)
    {
        var (was, stays) = (Owed(before, report), Owed(after, report));
        var subject = new ObligationSubject("response", after.Id);
        var opened = stays.Keys.Except(was.Keys).Order().Select(o => new NewObligation(
            TermsOf(o), subject, tree.CountyOf(report.Case.Division), OwnerDepartment.Police, after.ClosedAt!.Value, meta, Key)).ToList();
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
        var ended = was.Keys.Except(stays.Keys).Order().ToList();
        var done = ended.Where(o => was[o].Any(r => r.AnyOf.Any(m => after.Measures.TryGetValue(m, out var settled) && settled.Taken))).ToList();
        if (done.Count > 0)
            await book.FulfilAsync(work, [.. done.Select(o => new Fulfilment(subject, KindOf(o), meta, Key))], ct);
        var notNeeded = ended.Except(done).ToList();
        if (notNeeded.Count > 0)
            await book.WaiveAsync(work, [.. notNeeded.Select(o => new Waiver(subject, KindOf(o), NotNeeded, meta, Key))], ct);
    }

    /// <summary>What is owed of a closed response, with the requirements behind it.</summary>
    public static Dictionary<ResponseObligation, List<Requirement>> Owed(Response response, Report report) => response.ClosedAt is null ? []
        : CloseResponse.OpenObligations(response, report).GroupBy(r => r.StaysOpenAs!.Value).ToDictionary(g => g.Key, g => g.ToList());
}
