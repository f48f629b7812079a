using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Protos.Reporting.V1;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>Callers who put personal values where they do not belong, and what they are answered.</summary>
internal sealed class Indiscretions(RunningInstallation running, string county, CancellationToken ct)
{
    public const string Name = "欧阳测漏者", IdNumber = "430922201605017429", Phone = "19987654321", Address = "泄密巷九十九号后院", Told = "孩子手臂上有新旧伤痕";
    private const string At = "2026-03-01T08:00:00+08:00";
    private readonly List<string> replies = [];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Values { get; } = [Name, IdNumber, Phone, Address, Told];

    /// <summary>Every reply that was given.</summary>
    public IReadOnlyList<string> Replies => replies;

    /// <summary>Rows with values in the wrong fields, and a child that waits for ever for its household.</summary>
    public async Task PushRowsAsync()
    {
        var registry = new Registry.RegistryClient(running.Channel("Registry"));
        using var push = registry.PushHouseholds(running.As(Department.Partner, Role.Partner, county, "indiscreet", ct));
        await push.RequestStream.WriteAsync(new()
        {
            BatchId = "1",
            Rows =
            {
                Member(IdNumber, 1, "none"), Member("waits", 2, "never-pushed"),
                new HouseholdRow { SourceEventId = "h", SourceSequence = 3, OccurredAt = At, Household = new() { HouseholdNo = Name, ResidenceCode = Name, Address = Address } },
                new HouseholdRow { SourceEventId = "t", SourceSequence = 4, OccurredAt = Name, Household = new() { HouseholdNo = "h", ResidenceCode = IdNumber } },
                new HouseholdRow { SourceEventId = "p", SourceSequence = 5, OccurredAt = At, Parent = new() { PersonNo = Phone, Parent = Protos.Registry.V1.Parent.Father, Since = Name } },
            },
        }, ct);
        await push.RequestStream.CompleteAsync();
        while (await push.ResponseStream.MoveNext(ct))
            replies.Add(push.ResponseStream.Current.ToString());
    }

    /// <summary>CloudEvents of which none is as it should be, and bodies that are no JSON.</summary>
    public async Task PostAsync()
    {
        var good = $$"""{"specversion":"1.0","id":"ce1","source":"s","type":"cn.leftbehind.household.member","time":"{{At}}","sequence":"9","data":""";
        string[] bodies =
        [
            $$"""[{{good}}{"householdNo":"h","personNo":"p","name":"{{Name}}","idNumber":{{IdNumber}} } }]""",
            $$"""[{{good}}{"householdNo":"h","{{Name}}":"{{Phone}}"} }]""",
            $$"""[{{good}}"{{Name}} {{IdNumber}}"}]""",
            $$"""[{{good.Replace("household.member", Name, StringComparison.Ordinal)}}{} }]""",
            $$"""[{"specversion":"{{Name}}","id":"x","source":"{{Address}}","{{Phone}}":{"{{IdNumber}}":1} }]""",
            $$"""{"name":"{{Name}}"}""",
            $$"""[{"name":"{{Name}}", {{IdNumber}} {{Phone}}""",
        ];
        foreach (var body in bodies)
            await SendAsync(HttpMethod.Post, "/v1/households:push", new(body, Encoding.UTF8, "application/cloudevents-batch+json"));
        await SendAsync(HttpMethod.Post, "/v1/households:push", new(Name, Encoding.UTF8, "text/plain"));
        await SendAsync(HttpMethod.Get, $"/v1/children?name={Uri.EscapeDataString(Name)}&idNumber={IdNumber}", null);
    }

    /// <summary>Calls that fail, each with values where others are asked for.</summary>
    public async Task CallAsync()
    {
        var officer = running.As(Department.CivilAffairs, Role.Officer, county, ct: ct);
        var partner = running.As(Department.Partner, Role.Partner, county, "indiscreet", ct);
        var (platform, registry) = (new PlatformClient(running.Channel("Platform")), new Registry.RegistryClient(running.Channel("Registry")));
        var reporting = new Reporting.ReportingClient(running.Channel("Reporting"));
        await RefusedAsync(() => platform.GetFiguresAsync(new() { DivisionCode = Name }, officer));
        await RefusedAsync(() => platform.GetFiguresAsync(new() { DivisionCode = county, Populations = { IdNumber } }, officer));
        await RefusedAsync(() => platform.ListSubjectsAsync(new() { DivisionCode = county, Measure = Name }, officer));
        await RefusedAsync(() => platform.ListSubjectsAsync(new() { DivisionCode = county, Measure = "onFile.total.all", PageToken = IdNumber }, officer));
        await RefusedAsync(() => platform.GetTimelineAsync(new() { SubjectId = IdNumber }, officer));
        await RefusedAsync(() => registry.WhyEligibleAsync(new() { ChildId = Name }, officer));
        await RefusedAsync(() => registry.RevealIdentitiesAsync(new() { ChildIds = { IdNumber }, Purpose = "核对" + Name }, officer));
        await RefusedAsync(() => registry.GetReceiptAsync(new() { Source = "indiscreet", SourceEventId = IdNumber }, partner));
        await RefusedAsync(() => registry.GetReceiptAsync(new() { Source = Name, SourceEventId = "x" }, partner));
        await RefusedAsync(() => registry.CountReceiptsAsync(new() { Source = "indiscreet", From = Phone }, partner));
        await RefusedAsync(() => reporting.ReportHarmAsync(new() { RequestId = Name, DivisionCode = IdNumber, Description = Told }, officer));
        await RefusedAsync(() => reporting.GetReportAsync(new() { ReportId = Phone }, officer));
    }

    /// <summary>A report of harm with a text, a name and a telephone, as it should be.</summary>
    public async Task ReportAsync(string village) =>
        replies.Add((await new Reporting.ReportingClient(running.Channel("Reporting")).ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = ReporterKind.Citizen, Situation = Situation.OtherHarm, DivisionCode = village,
            Description = Told, ReporterName = Name, ReporterPhone = Phone, DiscoveredAt = At,
        }, running.As(Department.CivilAffairs, Role.Officer, county, ct: ct))).ToString());

    /// <summary>The same told to 12355, as it should be, and once where it should not.</summary>
    public async Task CallHotlineAsync()
    {
        var (line, league) = (new HotlineAppeals.HotlineAppealsClient(running.Channel("Reporting")), running.As(Department.YouthLeague, Role.Officer, county, ct: ct));
        var taken = await line.ReceiveAppealAsync(new()
        { RequestId = Guid.NewGuid().ToString(), Channel = AppealChannel.Phone, Words = Told, CallerName = Name, CallerPhone = Phone, ReceivedAt = At }, league);
        replies.Add(taken.ToString());
        replies.Add((await line.ClassifyAppealAsync(new() { AppealId = taken.AppealId, Class = AppealClass.Appeal, At = At, ExpectedVersion = 2 }, league)).ToString());
        replies.Add((await line.AnswerAppealAsync(new() { AppealId = taken.AppealId, Words = Told + Name, At = At, ExpectedVersion = 4 }, league)).ToString());
        await RefusedAsync(() => line.ReceiveAppealAsync(new() { RequestId = Name, Words = Told }, league));
        await RefusedAsync(() => line.AssignAppealAsync(new() { AppealId = taken.AppealId, Account = Phone, At = At, ExpectedVersion = 6 }, league));
        await RefusedAsync(() => line.GetAppealAsync(new() { AppealId = taken.AppealId, Purpose = "核对" + IdNumber }, league));
    }

    private static HouseholdRow Member(string id, long sequence, string household) => new()
    {
        SourceEventId = id, SourceSequence = sequence, OccurredAt = At,
        Member = new() { HouseholdNo = household, PersonNo = id, Name = Name, IdNumber = IdNumber, BirthDate = "2016-05-01", Relation = Relation.Child, Phone = Phone },
    };

    private async Task RefusedAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        try
        {
            await call();
            throw new InvalidOperationException($"A call that must fail was answered: {typeof(T).Name}.");
        }
        catch (RpcException refused)
        {
            replies.Add($"{refused.Status} {string.Join(' ', refused.Trailers.Where(t => !t.IsBinary))}");
        }
    }

    private async Task SendAsync(HttpMethod method, string path, StringContent? body)
    {
        using var client = new HttpClient { BaseAddress = running.Services["Registry"].Http };
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", running.Token(Department.Partner, Role.Partner, county, "indiscreet"));
        using var answer = await client.SendAsync(request, ct);
        replies.Add($"{answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync(ct)}");
    }
}
