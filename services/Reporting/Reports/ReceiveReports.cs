using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>Way in of <see cref="ReportHarm"/>: any person, about any place.</summary>
public sealed class ReceiveReports(EventStore store, DivisionTree tree, PersonKeyTable personKeys, KeyedDigest digests, TimeProvider clock)
{
    public async Task<V1.ReportReceipt> AnswerAsync(V1.ReportHarmRequest request, ServerCallContext context)
    {
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        var id = CallMeta.StreamOf("report", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var unsealed = Read(request, caller.Subject, now);
        var report = await store.RunAsync(async work =>
        {
            var known = (await work.LoadAsync<Report>([id], ct))[id];
            var openCase = unsealed.Child is { } child && await OpenCases.OfAsync(work, child, ct) is { } open ? (await work.LoadAsync<Report>([open], ct))[open] : null;
            var command = known.Exists ? unsealed : await SealAsync(work, unsealed, request, ct);
            var events = ReportHarm.Decide(command, known, openCase, now).ToList();
            foreach (var @event in events)
                work.Append(id, @event, context.Meta(now));
            if (events.Count > 0 && openCase is not null)
                foreach (var @event in ReportHarm.Join(command, id, openCase))
                    work.Append(openCase.Id, @event, context.Meta(now));
            else if (events.Count > 0 && command.Child is { } first)
                OpenCases.Open(work, first, id);
            if (events.Count > 0 && command.Child is { } about)
                ReportsOfChild.Add(work, about, id);
            return events.Aggregate(known, (state, @event) => state.After(@event));
        }, ct);
        return new() { ReportId = id.ToString(), ReceivedAt = Requests.Written(report.ReportedAt) };
    }

    private ReportHarm Read(V1.ReportHarmRequest request, string caller, DateTimeOffset now)
    {
        Texts.Prose(request.Description, "description", 0, 4000);
        Texts.Line(request.ReporterName, "reporter_name", 0, 100);
        Texts.Line(request.ReporterPhone, "reporter_phone", 0, 30);
        var organisation = Texts.Readable(request.ConcernedOrganisation, "concerned_organisation", 0, 200);
        var concerned = new Concerned(organisation.Length > 0 ? organisation : null, Texts.Account(request.ConcernedAccount, "concerned_account"));
        return new(
            Requests.OptionalId(request.ChildId, "child_id"), Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village, DivisionLevel.Town),
            Requests.Word<Situation>(request.Situation, "situation"), request.ImmediateDanger,
            ReadReporter(request.ReporterKind), caller, Requests.Time(request.DiscoveredAt, "discovered_at"),
            Guid.Empty, Description: null!, ReporterIdentity: null!, concerned is (null, null) ? null : concerned,
            Convert.ToBase64String(digests.Of(request.ToByteArray())));
    }

    /// <summary>What a rule of the platform finds, it reports itself.</summary>
    private static ReporterKind ReadReporter(V1.ReporterKind kind) =>
        Requests.Word<ReporterKind>(kind, "reporter_kind") is var who && who is ReporterKind.PlatformRule
            ? throw Requests.Invalid("reporter_kind: nobody reports in the platform's name")
            : who;

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
