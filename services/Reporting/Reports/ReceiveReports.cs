using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Linking;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>Way in of <see cref="ReportHarm"/>: any person, about any place.</summary>
public sealed class ReceiveReports(
    EventStore store, DivisionTree tree, PersonKeyTable personKeys, KeyedDigest digests, CaseDuties duties, ReportRate rate, ReportingRules rules, TimeProvider clock)
{
    public async Task<V1.ReportReceipt> AnswerAsync(V1.ReportHarmRequest request, ServerCallContext context)
    {
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        var id = CallMeta.StreamOf("report", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var unsealed = ReadHarm.Of(request, caller.Subject, tree, digests, now);
        rate.Require(caller.Subject, unsealed);
        var report = await store.RunAsync(async work =>
        {
            var exists = (await work.LoadAsync<Report>([id], ct))[id].Exists;
            var meta = unsealed.Anonymous ? context.Meta(now) with { Actor = null } : context.Meta(now);
            return await TakeAsync(work, id, exists ? unsealed : await SealAsync(work, unsealed, request, ct), now, meta, ct);
        }, ct);
        return new() { ReportId = id.ToString(), ReceivedAt = Requests.Written(report.ReportedAt) };
    }

    /// <summary>Takes a report under its id, whoever told it: it joins the child's open case, or opens one. The same again changes nothing.</summary>
    internal async Task<Report> TakeAsync(StoreWork work, Guid id, ReportHarm command, DateTimeOffset now, EventMeta meta, CancellationToken ct)
    {
        var known = (await work.LoadAsync<Report>([id], ct))[id];
        var openCase = command.Child is { } child && (await OpenCases.OfAsync(work, [child], ct)).TryGetValue(child, out var open) ? (await work.LoadAsync<Report>([open], ct))[open] : null;
        var events = ReportHarm.Decide(command, known, openCase, now).ToList();
        if (events.Count == 0)
            return known;
        var report = work.Keep(known, events, meta);
        if (command.Child is { } about)
            ReportsOfChild.Add(work, about, id);
        if (openCase is not { IsOpenCase: true })
            return await OpenAsync(work, report, meta, ct);
        OpenReports.Write(work, [work.Keep(openCase, [.. ReportHarm.Join(command, id, openCase)], meta)]);
        return report;
    }

    /// <summary>A case of its own: its duty begins, and where no child is named, what is open at the place is proposed.</summary>
    private async Task<Report> OpenAsync(StoreWork work, Report report, EventMeta meta, CancellationToken ct)
    {
        if (report.Case.Child is { } child)
            OpenCases.Open(work, child, report.Id);
        else
            report = work.Keep(report, [.. ProposeLinks.Decide(report, await OpenReports.AtAsync(
                work, report.Case.Division, report.ReceivedAt.AddDays(-rules.ProposeWithinDays), ProposeLinks.Most, ct))], meta);
        OpenReports.Write(work, [report]);
        await duties.OpenedAsync(work, [(report, meta)], ct);
        return report;
    }

    private async Task<ReportHarm> SealAsync(StoreWork work, ReportHarm command, V1.ReportHarmRequest request, CancellationToken ct)
    {
        var keys = personKeys.CreateMany(2);
        await personKeys.Insert(work.Connection, work.Transaction, keys, ct);
        return command with
        {
            TextKey = keys[0].KeyId,
            Description = keys[0].SealJson(request.Description),
            ReporterIdentity = keys[1].SealJson(new ReporterIdentity(request.ReporterName.Trim(), request.ReporterPhone.Trim())),
        };
    }
}
