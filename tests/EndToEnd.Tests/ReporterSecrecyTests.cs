using System.Text;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Leaks;
using LeftBehind.EndToEndTests.Matrix;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Reporting.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>
/// Who reported is known to those who handle the report (反家暴法 §14) and to nobody else, whatever they call: every method of Reporting and
/// Platform is asked, by its descriptor, by every kind of caller; and what the services log, trace and tell each other is searched.
/// </summary>
[Collection(InOneInstallation.Name)]
public sealed class ReporterSecrecyTests(SharedInstallation shared)
{
    private const string Name = "司马举报者", Phone = "18812345679", County = Counties.OfSecrecy, At = "2026-03-01T08:00:00+08:00";
    private static readonly string Account = $"whistleblower-{Guid.NewGuid():N}";
    private static readonly string Village = SharedInstallation.FirstVillage(County);
    private readonly RunningInstallation running = shared.Running;

    [Fact]
    public async Task A_role_that_may_not_know_the_reporter_cannot_learn_it_anywhere()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var overheard = await Overheard.ListenAsync(running.Services.RabbitMq.Uri, ct);
        var about = await ReportedAsync();
        var platform = new PlatformClient(running.Channel("Platform"));
        await Eventually.IsAsync(async () => await platform.ListSubjectsAsync(new() { DivisionCode = County, Measure = "placement.total.all" }, As("reader", Department.Police, Role.Officer, County)),
            s => s.Subjects_.Count == 1, ct);

        // Those who handle it are shown the reporter, so a search that finds nothing looks for the right thing.
        var handled = await Reports.GetReportAsync(new() { ReportId = about.Report, Purpose = "核实情况" }, Handler);
        Assert.Equal((Name, Phone), (handled.ReporterName, handled.ReporterPhone));
        var secret = new PersonalForms([Name, Phone, Account]);
        Assert.NotNull(secret.FindIn(handled.ToByteArray()));

        var (asked, answered) = (0, 0);
        foreach (var rpc in Rpcs.All.Where(r => r.Services.Any(s => s is "Reporting" or "Platform")))
            foreach (var service in rpc.Services.Where(s => s is "Reporting" or "Platform"))
                foreach (var caller in Callers(rpc.Row))
                {
                    var (ok, answer) = await AnswerAsync(service, rpc, ReportRequests.Of(rpc.Name, about).ToByteArray(), caller.Options);
                    Assert.True(secret.FindIn(answer) is null, $"{service} {rpc.Name} told {caller.Who}: {secret.FindIn(answer)}");
                    (asked, answered) = (asked + 1, answered + (ok ? 1 : 0));
                }
        Assert.True(answered > 60, $"Of {asked} calls {answered} were answered.");

        await EverythingIsSentAsync(ct);
        Assert.Contains(overheard.Pages, p => p.Source == "reporting");
        Assert.All(overheard.Pages, p => Assert.Null(secret.FindIn(p.Body)));
        Assert.All(shared.Telemetry.Messages, m => Assert.Null(secret.FindIn(m)));
        foreach (var service in running.Services.Services)
            Assert.True(secret.FindIn(await File.ReadAllBytesAsync(service.Log, ct)) is null, service.Service);
        // Reporting keeps the account beside its own events, for the receipt; nobody else does, and none keeps name or phone in the clear.
        var person = new PersonalForms([Name, Phone]);
        await foreach (var (table, text) in Places.TablesAsync(running.Services.Postgres.ConnectionString))
            Assert.True((table.StartsWith("reporting:", StringComparison.Ordinal) ? person : secret).FindIn(Encoding.UTF8.GetBytes(text)) is null, table);
    }

    private Reporting.ReportingClient Reports => new(running.Channel("Reporting"));

    private CallOptions Handler => As("handler", Department.Police, Role.Officer, County);

    /// <summary>A report by a person with an account of its own, a further one that joined it, answered and placed by one officer.</summary>
    private async Task<SecretCase> ReportedAsync()
    {
        var harm = new ReportHarmRequest
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.Citizen, Situation = Situation.Missing, DivisionCode = Village, ChildId = Guid.NewGuid().ToString(),
            Description = "孩子失踪两天", ReporterName = Name, ReporterPhone = Phone, DiscoveredAt = At,
        };
        var reporter = As(Account, Department.WomensFederation, Role.Officer, County);
        var report = (await Reports.ReportHarmAsync(harm, reporter)).ReportId;
        var joined = (await Reports.ReportHarmAsync(new(harm) { RequestId = Guid.NewGuid().ToString() }, reporter)).ReportId;
        var response = (await Reports.ReferToPoliceAsync(new() { ReportId = report, At = At }, Handler)).ResponseId;
        await new EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At }, Handler);
        var placement = (await new Placements.PlacementsClient(running.Channel("Reporting")).PlaceChildAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReportId = report, Ground = PlacementGround.GuardianMissing, Place = PlacementPlace.ProtectionBody, Receiver = "救助站", HandOverNo = "1号", At = At,
        }, As("placer", Department.CivilAffairs, Role.Officer, County))).PlacementId;
        return new(County, Village, harm.ChildId, report, joined, response, placement, await CalledAsync(harm), At);
    }

    /// <summary>The same person also called 12355, where it became a report.</summary>
    private async Task<string> CalledAsync(ReportHarmRequest harm)
    {
        var line = new HotlineAppeals.HotlineAppealsClient(running.Channel("Reporting"));
        var league = As("operator-of-12355", Department.YouthLeague, Role.Officer, County);
        var appeal = (await line.ReceiveAppealAsync(new()
        { RequestId = Guid.NewGuid().ToString(), Channel = AppealChannel.Phone, Words = harm.Description, CallerName = Name, CallerPhone = Phone, ReceivedAt = At }, league)).AppealId;
        // Until then the one who took the call knows whom to call back, and nobody else does.
        Assert.Equal(Name, (await line.GetAppealAsync(new() { AppealId = appeal, Purpose = "核实情况" }, league)).CallerName);
        await line.ClassifyAppealAsync(new()
        {
            AppealId = appeal, Class = AppealClass.Report, At = At, ExpectedVersion = 2,
            Harm = new() { ReporterKind = harm.ReporterKind, Situation = harm.Situation, DivisionCode = Village, DiscoveredAt = At },
        }, league);
        Assert.Equal("", (await line.GetAppealAsync(new() { AppealId = appeal, Purpose = "核实情况" }, league)).CallerName);
        return appeal;
    }

    /// <summary>Every kind of caller; whoever acts in a response handles it and may know from then on, so those who read never act.</summary>
    private IEnumerable<(string Who, CallOptions Options)> Callers(MethodRow row)
    {
        var account = row.Way is Way.Act ? "actor" : "reader";
        foreach (var department in Enum.GetValues<Department>())
            foreach (var role in Enum.GetValues<Role>())
                foreach (var division in new[] { Village, Village[..9], County, County[..4], "43" })
                    if (Roles.Exists(role, department, (Contracts.DivisionLevel)(division.Length switch { 12 => 5, 9 => 4, 6 => 3, 4 => 2, _ => 1 })))
                        yield return ($"{department} {role} {division}", As(account, department, role, division));
    }

    /// <summary>All that was answered, or with what words and trailers it was refused.</summary>
    private async Task<(bool Ok, byte[] Answer)> AnswerAsync(string service, Rpc rpc, byte[] request, CallOptions options)
    {
        var bytes = Marshallers.Create<byte[]>(b => b, b => b);
        var invoker = running.Channel(service).CreateCallInvoker();
        try
        {
            if (!rpc.Method.IsServerStreaming)
                return (true, await invoker.AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, rpc.Method.Service.FullName, rpc.Method.Name, bytes, bytes), null, options, request));
            using var stream = invoker.AsyncServerStreamingCall(
                new Method<byte[], byte[]>(MethodType.ServerStreaming, rpc.Method.Service.FullName, rpc.Method.Name, bytes, bytes), null, options, request);
            var answers = new List<byte>();
            while (await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
                answers.AddRange(stream.ResponseStream.Current);
                // The feed never ends either, but says when that was all.
                if (rpc.Method.Name is "ReadChanges" && Changes.Parser.ParseFrom(stream.ResponseStream.Current).CaughtUp)
                    break;
                // The live list never ends; the few reports of one county are in its first answer.
                if (rpc.Method.Name is "WatchReports" or "WatchAppeals")
                    break;
            }
            return (true, [.. answers]);
        }
        catch (RpcException refused)
        {
            return (false, Encoding.UTF8.GetBytes($"{refused.Status} {string.Join(' ', refused.Trailers.Where(t => !t.IsBinary))}"));
        }
    }

    private CallOptions As(string account, Department department, Role role, string division) => RunningInstallation.With(
        running.Issuer.Issue(account, department, role, division, role is Role.Partner ? "a-source" : null), TestContext.Current.CancellationToken);

    /// <summary>Waits until every service has sent its metrics, and so its batches of spans and logs, once more.</summary>
    private async Task EverythingIsSentAsync(CancellationToken ct)
    {
        var metrics = shared.Telemetry.Counts.Metrics;
        await Eventually.IsAsync(() => Task.FromResult(shared.Telemetry.Counts), c => c.Metrics >= metrics + 3 * running.Services.Services.Count, ct);
    }
}
