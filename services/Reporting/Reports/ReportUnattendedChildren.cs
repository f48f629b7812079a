using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// Policy: a child that Registry's rule finds unattended is reported (policy: 强制报告, 脱离监护单独居住) as any person would report it:
/// it joins the child's open case, or opens one. The report's id is derived from the policy and the fact, so a fact told again
/// reports nothing. Whatever a page holds is read and written set by set.
/// </summary>
public sealed class ReportUnattendedChildren(PersonKeyTable personKeys, TimeProvider clock) : IPageHandler
{
    /// <summary>Stands where a reporter's account does; no account holds a slash.</summary>
    public const string Rule = "platform/unattended-child";

    private const string Detected = "unattended_child_detected";

    public string Source => "registry";

    public bool Wants(string type) => type == Detected;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Id: IdOf(f.Id), Child: JsonSerializer.Deserialize<UnattendedChildDetected>(f.Json, EventTypes.Json)!)).ToList();
        var reports = await work.LoadAsync<Report>(told.Select(t => t.Id), ct);
        told.RemoveAll(t => reports[t.Id].Exists);
        var cases = await OpenCases.OfAsync(work, told.Select(t => t.Child.ChildId), ct);
        foreach (var (id, open) in await work.LoadAsync<Report>(cases.Values.Distinct(), ct))
            reports[id] = open;
        var keys = personKeys.CreateMany(2 * told.Count);
        await personKeys.Insert(work.Connection, work.Transaction, keys, ct);
        var opened = new Dictionary<Guid, Guid>();
        foreach (var ((fact, id, child), texts) in told.Zip(keys.Chunk(2)))
        {
            var openCase = (cases.TryGetValue(child.ChildId, out var known) || opened.TryGetValue(child.ChildId, out known)) ? reports[known] : null;
            var command = Of(child, fact.Id, texts[0], texts[1]);
            var now = clock.GetUtcNow();
            // A source whose clock runs ahead has discovered nothing in the future.
            var events = ReportHarm.Decide(command, reports[id], openCase, now > child.DetectedAt ? now : child.DetectedAt).ToList();
            foreach (var @event in events)
                Append(id, @event, fact);
            if (events.Count > 0 && openCase is not null)
                foreach (var @event in ReportHarm.Join(command, id, openCase))
                    Append(openCase.Id, @event, fact);
            else if (events.Count > 0)
                opened.Add(child.ChildId, id);
        }
        OpenCases.Open(work, opened);

        void Append(Guid report, object @event, PagedEvent fact)
        {
            work.Append(report, @event, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
            reports[report] = reports[report].After(@event);
        }
    }

    /// <summary>The report that a fact makes.</summary>
    public static Guid IdOf(Guid fact) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{nameof(ReportUnattendedChildren)}/{fact:N}")).AsSpan(0, 16));

    /// <summary>There is neither a text nor a reporter's name; both are sealed empty, so that a report is read like any other.</summary>
    private static ReportHarm Of(UnattendedChildDetected child, Guid fact, PersonKey text, PersonKey reporter) => new(
        child.ChildId, child.Division, Situation.LivingAlone, ImmediateDanger: false, ReporterKind.PlatformRule, Rule, child.DetectedAt,
        text.KeyId, text.SealJson(""), reporter.SealJson(new ReporterIdentity("", "")), Concerned: null, Digest: fact.ToString("N"));
}
