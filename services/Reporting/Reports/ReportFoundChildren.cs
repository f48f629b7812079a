using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Linking;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>What another service found of a child that has to be reported.</summary>
/// <param name="Child">The child's file; null where it is not known.</param>
/// <param name="Division">Where.</param>
/// <param name="Situation">What.</param>
/// <param name="At">When it was found; UTC.</param>
/// <param name="Concerned">The organisation that it is about, which must not meet it; null where it is about none.</param>
public sealed record FoundChild(Guid? Child, DivisionId Division, Situation Situation, DateTimeOffset At, Concerned? Concerned = null);

/// <summary>
/// Policy: what another service finds of a child is reported (policy: 强制报告) as any person would report it: it joins the open case of the child or its household, or opens one. The report's
/// id is derived from the policy and the fact, so a fact told again reports nothing. Whatever a page holds is read and written set by set.
/// </summary>
/// <param name="policy">Its name, in the ids of its reports.</param>
/// <param name="rule">Stands where a reporter's account does; no account holds a slash.</param>
/// <param name="fact">Stored name of the fact.</param>
public abstract class ReportFoundChildren(string policy, string rule, string fact, PersonKeyTable personKeys, CaseDuties duties, TimeProvider clock) : IPageHandler
{
    public abstract string Source { get; }

    public bool Wants(string type) => type == fact;

    /// <summary>What a fact says was found.</summary>
    protected abstract FoundChild Read(string json);

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Id: IdOf(policy, f.Id), Found: Read(f.Json))).ToList();
        var reports = await work.LoadAsync<Report>(told.Select(t => t.Id), ct);
        told.RemoveAll(t => reports[t.Id].Exists);
        var cases = await OpenCases.OfAsync(work, told.Select(t => t.Found.Child).OfType<Guid>(), ct);
        var households = await Households.OfAsync(work, told.Select(t => t.Found.Child).OfType<Guid>(), ct);
        foreach (var (id, open) in await work.LoadAsync<Report>(cases.Values.Distinct(), ct))
            reports[id] = open;
        var keys = personKeys.CreateMany(2 * told.Count);
        await personKeys.Insert(work.Connection, work.Transaction, keys, ct);
        var (opened, openedIn, changed) = (new Dictionary<Guid, Guid>(), new Dictionary<Guid, Guid>(), new Dictionary<Guid, EventMeta>());
        foreach (var ((cause, id, found), texts) in told.Zip(keys.Chunk(2)))
        {
            var openCase = found.Child is { } child && (cases.TryGetValue(child, out var known) || openedIn.TryGetValue(households.GetValueOrDefault(child, child), out known)) ? reports[known] : null;
            var command = Of(found, cause.Id, texts[0], texts[1]);
            var now = clock.GetUtcNow();
            // A source whose clock runs ahead has discovered nothing in the future.
            var events = ReportHarm.Decide(command, reports[id], openCase, now > found.At ? now : found.At).ToList();
            Keep(id, events, cause);
            if (events.Count > 0 && openCase is not null)
                Keep(openCase.Id, [.. ReportHarm.Join(command, id, openCase)], cause);
            else if (events.Count > 0 && found.Child is { } about)
                opened[about] = openedIn[households.GetValueOrDefault(about, about)] = id;
        }
        OpenCases.Open(work, opened);
        ReportsOfChild.Add(work, [.. told.Where(t => t.Found.Child is not null).Select(t => (t.Found.Child!.Value, t.Id))]);
        OpenReports.Write(work, [.. changed.Keys.Select(id => reports[id])]);
        await duties.OpenedAsync(work, [.. told.Where(t => reports[t.Id].IsOpenCase).Select(t => (reports[t.Id], changed[t.Id]))], ct);

        void Keep(Guid report, IReadOnlyCollection<object> events, PagedEvent of)
        {
            var meta = new EventMeta(of.OccurredAt, of.EffectiveOn, of.Origin, of.Traceparent, Cause: of.Id);
            reports[report] = work.Keep(reports[report], events, meta);
            if (events.Count > 0)
                changed[report] = meta;
        }
    }

    /// <summary>The report that a fact makes by a policy.</summary>
    protected static Guid IdOf(string policy, Guid cause) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{policy}/{cause:N}")).AsSpan(0, 16));

    /// <summary>There is neither a text nor a reporter's name; both are sealed empty, so that a report is read like any other.</summary>
    private ReportHarm Of(FoundChild found, Guid cause, PersonKey text, PersonKey reporter) => new(
        found.Child, found.Division, found.Situation, ImmediateDanger: false, ReporterKind.PlatformRule, rule, found.At,
        text.KeyId, text.SealJson(""), reporter.SealJson(new ReporterIdentity("", "")), found.Concerned, Digest: cause.ToString("N"));
}
