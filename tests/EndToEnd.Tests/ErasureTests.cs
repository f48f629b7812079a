using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Leaks;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Npgsql;
using Xunit;
using Reporting = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests;

/// <summary>
/// A child that is erased: no byte of it readable in any service's database, by whatever key is left; the figures as they were; and last
/// night's file pushed again brings nothing back.
/// </summary>
public sealed class ErasureTests
{
    private const string County = "431003", Village = "431003101218";
    private const string Name = "诸葛忘机", IdNumber = "431003201605017421", Phone = "19912345678", Address = "麻田村忘忧巷四十二号", Mother = "端木静姝", MothersPhone = "19887654321",
        Carer = "司徒月娥", Described = "孩子左臂有新旧伤痕三处", NotNeeded = "经检查诸葛忘机没有受伤";

    private static readonly string At = DateTimeOffset.UtcNow.AddHours(-2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
    private static readonly string[] Personal = [Name, IdNumber, Phone, Address, Mother, MothersPhone, Carer, Described, NotNeeded];

    [Fact]
    public async Task No_byte_of_an_erased_child_is_readable_figures_do_not_change_and_last_nights_file_brings_nothing_back()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var running = await RunningInstallation.StartAsync(ct, "Registry", "EducationAttendance", "Reporting", "Platform");
        var (stores, unsealing) = (new Stores(running), new Unsealing(running));
        var (households, roll) = (Night("base", "h1", "c1"), Roll("G" + IdNumber, 1));
        var child = (await PushAsync(running, "base", households, ct))[1].SubjectId;
        var pupil = (await PushAsync(running, "roll", [roll], ct))[0].SubjectId;
        var other = (await PushAsync(running, "base", [Row("base", 50, r => r.Household = House("h2", "别处一号")), Row("base", 51, r => r.Member = Member("h2", "c9", "别家孩子", "", "2017-01-01", phone: ""))], ct))[1].SubjectId;
        await PushAsync(running, "clinic", [Row("clinic", 1, r => r.Member = Member("never", "w1", Name, IdNumber))], ct);
        await FigureIsAsync(running, "pupil.match.matched", 1, ct);
        var report = await ReportAsync(running, child);
        await stores.AreQuietAsync(ct);
        var figures = await FiguresAsync(running);
        var before = await unsealing.ReadAsync(ct);
        Assert.All(Personal, value => Assert.Contains(before, text => Holds(text, value)));

        var erased = await EraseAsync(running, child);
        await FollowedAsync(running, stores, pupil, ct);

        await NothingIsReadableAsync(running, unsealing, ct);
        Assert.Equal(figures, await FiguresAsync(running));
        Assert.Equal("别家孩子", Assert.Single((await RegistryOf(running).RevealIdentitiesAsync(new() { ChildIds = { other }, Purpose = "核对身份" }, running.Bureau(County, ct))).Identities).Name);
        var seen = await new Reporting.Reporting.ReportingClient(running.Channel("Reporting")).GetReportAsync(new() { ReportId = report, Purpose = "核实报告情况" }, running.As(Department.Police, Role.Officer, County, ct: ct));
        Assert.Equal(("", "班主任陈某"), (seen.Description, seen.ReporterName));
        Assert.Contains((await new Platform.PlatformClient(running.Channel("Platform")).GetTimelineAsync(new() { SubjectId = child }, running.Bureau(County, ct))).Entries, e => e is { Fact: "personal_data_erased", Change: "Erased" });

        // Last night's file, under its own ids, under new ones, from another source, and by the roll, also as another pupil.
        Assert.All(await PushAsync(running, "base", households, ct), v => Assert.True(v.Repeated));
        Assert.All(await PushAsync(running, "base", Night("base", "h1", "c1", from: 100), ct), v => Assert.Equal((Verdict.Unchanged, "erased"), (v.Verdict, v.Reason)));
        Assert.Equal((Verdict.Unchanged, "erased", child), Of((await PushAsync(running, "clinic", Night("clinic", "k1", "k2", from: 100), ct))[1]));
        Assert.True((await PushAsync(running, "roll", [roll], ct))[0].Repeated);
        Assert.Equal((Verdict.Unchanged, "erased", pupil), Of((await PushAsync(running, "roll", [Roll("G" + IdNumber, 2)], ct))[0]));
        Assert.Equal((Verdict.Unchanged, "erased", ""), Of((await PushAsync(running, "another-roll", [Roll("L1", 1)], ct))[0]));
        Assert.Equal(erased, await RegistryErasure(running).EraseChildAsync(Request(child, 1), running.Bureau(County, ct)));
        await stores.AreQuietAsync(ct);
        await NothingIsReadableAsync(running, unsealing, ct);
        Assert.Equal(figures, await FiguresAsync(running));

        await ToldAgainChangesNothingAsync(running, stores, ct);
        await NothingIsReadableAsync(running, unsealing, ct);
        Assert.Equal(figures, await FiguresAsync(running));
        var reconciled = await new Platform.PlatformClient(running.Channel("Platform")).ReconcileAsync(new(), running.Operations(ct));
        Assert.True(reconciled.FigureDifferences == 0 && reconciled.Sources.All(s => s.Differences == 0), $"{reconciled}");
    }

    /// <summary>Both listeners take all that Registry ever told once more.</summary>
    private static async Task ToldAgainChangesNothingAsync(RunningInstallation running, Stores stores, CancellationToken ct)
    {
        foreach (var (service, schema) in ((string, string)[])[("EducationAttendance", "education"), ("Reporting", "reporting")])
            await AskAsync(running, service, $"update {schema}.lane set watermark = 0 where source = 'registry'", ct);
        await PushAsync(running, "base", [Row("base", 900, r => r.Household = House("h9", "别处九号"))], ct);
        await stores.AreQuietAsync(ct);
        Assert.Equal(1L, await AskAsync(running, "EducationAttendance", "select count(*) from education.mt_events where type = 'personal_data_erased'", ct));
        Assert.Equal(1L, await AskAsync(running, "Reporting", "select count(*) from reporting.mt_events where type = 'report_texts_erased'", ct));
    }

    private static async Task FollowedAsync(RunningInstallation running, Stores stores, string pupil, CancellationToken ct)
    {
        await stores.AreQuietAsync(ct);
        Assert.Equal(1L, await AskAsync(running, "EducationAttendance", $"select count(*) from education.mt_events where type = 'personal_data_erased' and stream_id = '{pupil}'", ct));
        // What the listeners told on that is behind Platform too.
        await stores.AreQuietAsync(ct);
    }

    private static async Task NothingIsReadableAsync(RunningInstallation running, Unsealing unsealing, CancellationToken ct)
    {
        var forms = new PersonalForms(Personal);
        await foreach (var (table, text) in Places.TablesAsync(running.Services.Postgres.ConnectionString))
            Assert.True(forms.FindIn(Encoding.UTF8.GetBytes(text)) is null, $"{table}: {forms.FindIn(Encoding.UTF8.GetBytes(text))}");
        var texts = await unsealing.ReadAsync(ct);
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.DoesNotContain(Personal, value => Holds(text, value)));
    }

    private static bool Holds(byte[] text, string value) => text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0;

    /// <summary>A report about the child with a text, and a measure with a reason.</summary>
    private static async Task<string> ReportAsync(RunningInstallation running, string child)
    {
        var (reporting, police) = (new Reporting.Reporting.ReportingClient(running.Channel("Reporting")), running.As(Department.Police, Role.Officer, County));
        var report = (await reporting.ReportHarmAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), ReporterKind = Reporting.ReporterKind.School, Situation = Reporting.Situation.OtherHarm, DivisionCode = Village,
            ChildId = child, Description = Described, ReporterName = "班主任陈某", ReporterPhone = "13900003333", DiscoveredAt = At,
        }, running.Bureau(County))).ReportId;
        var response = (await reporting.ReferToPoliceAsync(new() { ReportId = report, At = At }, police)).ResponseId;
        await new Reporting.EmergencyResponses.EmergencyResponsesClient(running.Channel("Reporting")).RecordDispatchAsync(new() { ResponseId = response, At = At }, police);
        await reporting.TakeMeasureAsync(new() { ResponseId = response, Measure = Reporting.Measure.MedicalCareHelped, NotNeeded = new() { Reason = NotNeeded } }, police);
        return report;
    }

    private static async Task<ErasedChild> EraseAsync(RunningInstallation running, string child)
    {
        var version = (await RegistryOf(running).WhyEligibleAsync(new() { ChildId = child }, running.Bureau(County))).Version;
        return await RegistryErasure(running).EraseChildAsync(Request(child, version), running.Bureau(County));
    }

    private static EraseChildRequest Request(string child, long version) =>
        new() { ChildId = child, Ground = ErasureGround.ChildOrGuardianAsked, DocumentNo = "苏民〔2026〕7号", ExpectedVersion = version };

    private static Registry.RegistryClient RegistryOf(RunningInstallation running) => new(running.Channel("Registry"));

    private static Erasure.ErasureClient RegistryErasure(RunningInstallation running) => new(running.Channel("Registry"));

    private static async Task FigureIsAsync(RunningInstallation running, string measure, long value, CancellationToken ct) =>
        await Eventually.IsAsync(() => FiguresAsync(running), figures => figures.GetValueOrDefault(measure) == value, ct);

    private static async Task<SortedDictionary<string, long>> FiguresAsync(RunningInstallation running)
    {
        Figures figures = await new Platform.PlatformClient(running.Channel("Platform")).GetFiguresAsync(new() { DivisionCode = County }, running.Bureau(County));
        return new(figures.Division.Figures.ToDictionary(f => f.Measure, f => f.Value));
    }

    private static List<HouseholdRow> Night(string source, string household, string child, long from = 1) =>
    [
        Row(source, from, r => r.Household = House(household, Address)),
        Row(source, from + 1, r => r.Member = Member(household, child, Name, IdNumber)),
        Row(source, from + 2, r => r.Member = new() { HouseholdNo = household, PersonNo = household + "m", Name = Mother, BirthDate = "1990-03-03", Phone = MothersPhone, Relation = Relation.Spouse }),
        Row(source, from + 3, r => r.Parent = new() { PersonNo = child, Parent = Parent.Father, Status = ParentState.OutForWork, Since = "2025-01-01" }),
        Row(source, from + 4, r => r.Parent = new() { PersonNo = child, Parent = Parent.Mother, Status = ParentState.OutForWork, Since = "2025-01-01" }),
        Row(source, from + 5, r => r.Carer = new() { PersonNo = child, Kind = CarerKind.Grandparents, Name = Carer, Phone = Phone }),
    ];

    private static Household House(string no, string address) => new() { HouseholdNo = no, ResidenceCode = Village, Residency = Residency.Rural, Address = address };

    private static Member Member(string household, string person, string name, string number, string born = "2016-05-01", string phone = Phone) => new()
    {
        HouseholdNo = household, PersonNo = person, Name = name, IdNumber = number, BirthDate = born, Sex = Protos.Registry.V1.Sex.Female, Relation = Relation.Child, Phone = phone,
    };

    private static HouseholdRow Row(string source, long sequence, Action<HouseholdRow> fill)
    {
        var row = new HouseholdRow { SourceEventId = $"{source}-{sequence}", SourceSequence = sequence, OccurredAt = "2026-03-01T08:00:00+08:00" };
        fill(row);
        return row;
    }

    private static RollRow Roll(string studentNo, long sequence) => new()
    {
        SourceEventId = $"{studentNo.Length}-{sequence}", SourceSequence = sequence, OccurredAt = "2026-03-01T08:00:00+08:00", StudentNo = studentNo,
        Enrolled = new() { Name = Name, IdNumber = IdNumber, BirthDate = "2016-05-01", SchoolNo = "S1", SchoolCode = Village, Stage = Stage.Primary },
    };

    private static async Task<IReadOnlyList<RowVerdict>> PushAsync(RunningInstallation running, string source, IReadOnlyList<HouseholdRow> rows, CancellationToken ct)
    {
        using var push = RegistryOf(running).PushHouseholds(running.As(Department.Partner, Role.Partner, County, source, ct));
        await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { rows } }, ct);
        return await AnswerAsync(push.RequestStream.CompleteAsync(), push.ResponseStream, ct);
    }

    private static async Task<IReadOnlyList<RowVerdict>> PushAsync(RunningInstallation running, string source, IReadOnlyList<RollRow> rows, CancellationToken ct)
    {
        using var push = new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, County, source, ct));
        await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { rows } }, ct);
        return await AnswerAsync(push.RequestStream.CompleteAsync(), push.ResponseStream, ct);
    }

    private static async Task<IReadOnlyList<RowVerdict>> AnswerAsync(Task sent, IAsyncStreamReader<BatchVerdicts> answers, CancellationToken ct)
    {
        await sent;
        Assert.True(await answers.MoveNext(ct));
        return answers.Current.Rows;
    }

    private static (Verdict, string, string) Of(RowVerdict verdict) => (verdict.Verdict, verdict.Reason, verdict.SubjectId);

    private static async Task<object?> AskAsync(RunningInstallation running, string service, string sql, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(running.Services.StoreOf(service)) { Pooling = false }.ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(ct);
    }
}
