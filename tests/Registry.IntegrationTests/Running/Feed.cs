using Grpc.Core;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>A partner's feed: makes rows with ids and sequences of its own, pushes them, and asks what became of them.</summary>
public sealed class Feed(RunningRegistry registry, string source, string division)
{
    public const string Born = "2016-05-01";

    private int last;

    public string Source => source;

    public RunningRegistry Registry => registry;

    /// <summary>The same source as another client of it, of another division.</summary>
    public Feed Of(string otherDivision) => new(registry, source, otherDivision) { last = last + 1000 };

    public HouseholdRow Row(Action<HouseholdRow> fill)
    {
        var number = Interlocked.Increment(ref last);
        var row = new HouseholdRow { SourceEventId = $"e{number}", SourceSequence = number, OccurredAt = "2026-03-01T08:00:00+08:00" };
        fill(row);
        return row;
    }

    public HouseholdRow Household(string no, string village = Places.Matian, Residency residency = Residency.Rural, string address = "麻田村一组") =>
        Row(r => r.Household = new() { HouseholdNo = no, ResidenceCode = village, Residency = residency, Address = address });

    public HouseholdRow Member(string household, string person, string name = "李小禾", string born = Born, string number = "", string phone = "") =>
        Row(r => r.Member = new()
        {
            HouseholdNo = household, PersonNo = person, Name = name, BirthDate = born, IdNumber = number, Sex = Sex.Female, Relation = Relation.Child, Phone = phone,
        });

    public HouseholdRow Parent(string child, Parent parent, ParentState status = ParentState.OutForWork, string since = "2025-02-10") =>
        Row(r => r.Parent = new() { PersonNo = child, Parent = parent, Status = status, Since = since });

    public HouseholdRow Carer(string child, CarerKind kind = CarerKind.Grandparents, string name = "王桂花", string phone = "") =>
        Row(r => r.Carer = new() { PersonNo = child, Kind = kind, Name = name, Phone = phone });

    public HouseholdRow Disability(string child, int grade, DisabilityKind kind = DisabilityKind.Hearing) =>
        Row(r => r.DisabilityCertified = new() { PersonNo = child, Grade = grade, Kind = kind });

    public HouseholdRow Illness(string child, IllnessKind kind = IllnessKind.Leukaemia, bool serious = true, bool ended = false) =>
        Row(r => r.IllnessDiagnosed = new() { PersonNo = child, Kind = kind, Serious = serious && !ended, Ended = ended });

    public HouseholdRow Granted(string child, AidKind kind) => Row(r => r.AidGranted = new() { PersonNo = child, Kind = kind });

    public HouseholdRow Ended(string child, AidKind kind) => Row(r => r.AidEnded = new() { PersonNo = child, Kind = kind });

    public HouseholdRow Guardian(string child, GuardianKind kind) => Row(r => r.GuardianshipChanged = new() { PersonNo = child, Guardian = kind });

    public HouseholdRow Death(string person, Parent parent = Protos.Registry.V1.Parent.Unspecified) => Row(r => r.Death = new() { PersonNo = person, Parent = parent });

    /// <summary>A household with one child left behind: five rows.</summary>
    public List<HouseholdRow> Family(string no, string name = "李小禾", string born = Born) =>
        [Household(no), Member(no, no + "c", name, born), Parent(no + "c", Protos.Registry.V1.Parent.Father), Parent(no + "c", Protos.Registry.V1.Parent.Mother), Carer(no + "c")];

    /// <summary>The same content told anew, under a new id and a later sequence.</summary>
    public HouseholdRow Again(HouseholdRow row)
    {
        var again = row.Clone();
        var renewed = Row(_ => { });
        (again.SourceEventId, again.SourceSequence) = (renewed.SourceEventId, renewed.SourceSequence);
        return again;
    }

    public AsyncDuplexStreamingCall<HouseholdBatch, BatchVerdicts> Open() => registry.Client.PushHouseholds(registry.As(source, division));

    /// <summary>Pushes one batch in a stream of its own.</summary>
    public async Task<BatchVerdicts> PushAsync(params IEnumerable<HouseholdRow> rows)
    {
        using var push = Open();
        var answer = await AskAsync(push, rows);
        await push.RequestStream.CompleteAsync();
        Assert.False(await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return answer;
    }

    /// <summary>Pushes one batch in an open stream.</summary>
    public static async Task<BatchVerdicts> AskAsync(AsyncDuplexStreamingCall<HouseholdBatch, BatchVerdicts> push, IEnumerable<HouseholdRow> rows)
    {
        await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { rows } }, TestContext.Current.CancellationToken);
        Assert.True(await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return push.ResponseStream.Current;
    }

    /// <summary>Pushes rows that must all be applied; answers the subject of each.</summary>
    public async Task<List<string>> TakeAsync(params IEnumerable<HouseholdRow> rows)
    {
        var answer = await PushAsync(rows);
        Assert.All(answer.Rows, v => Assert.True(v.Verdict is Verdict.Applied, $"{v}"));
        return [.. answer.Rows.Select(v => v.SubjectId)];
    }

    /// <summary>Pushes one row.</summary>
    public async Task<RowVerdict> AskAsync(HouseholdRow row) => Assert.Single((await PushAsync(row)).Rows);

    public async Task<RowVerdict> ReceiptAsync(string id) =>
        (await registry.Client.GetReceiptAsync(new() { Source = source, SourceEventId = id }, registry.As(source, division))).Verdict;

    /// <summary>The ledger over all days; it must balance, and agree with the inbox.</summary>
    public async Task<DayCounts> LedgerAsync()
    {
        var days = (await registry.Client.CountReceiptsAsync(new() { Source = source }, registry.As(source, division))).Days;
        var sum = new DayCounts
        {
            Received = days.Sum(d => d.Received), Applied = days.Sum(d => d.Applied), Unchanged = days.Sum(d => d.Unchanged),
            Superseded = days.Sum(d => d.Superseded), Waiting = days.Sum(d => d.Waiting), Rejected = days.Sum(d => d.Rejected),
        };
        Assert.Equal(sum.Received, sum.Applied + sum.Unchanged + sum.Superseded + sum.Waiting + sum.Rejected);
        var inbox = await registry.ColumnAsync("select verdict || ':' || count(*) from registry.inbox where source = $1 group by verdict order by verdict", source);
        long[] counts = [sum.Applied, sum.Unchanged, sum.Superseded, sum.Waiting, sum.Rejected];
        Assert.Equal(counts.Select((n, i) => (n, i)).Where(c => c.n > 0).Select(c => $"{c.i + 1}:{c.n}"), inbox);
        return sum;
    }
}
