using LeftBehind.Contracts;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Reporting.Hotline;

/// <summary>The 12355 platform of a division was entered, opened or closed.</summary>
[StoredName("hotline_operator_set")]
public sealed record HotlineOperatorSet(DivisionId Division, string Name, bool Open, DateTimeOffset At, string By);

/// <summary>
/// The 12355 platform of a province, city or county. Data of the log and no configuration: a platform opens and closes while the service
/// runs, and whether it takes a transfer is decided in the transaction of the transfer, by what every replica sees alike.
/// </summary>
public sealed record HotlineOperator(Guid Id) : IFolded<HotlineOperator>
{
    public static string StreamType => "hotline_operator";

    public static HotlineOperator New(Guid id) => new(id);

    public static Guid IdOf(DivisionId division) => Calls.CallMeta.StreamOf(StreamType, division.ToString(), Guid.Empty);

    public HotlineOperatorSet? Set { get; init; }
    public DateTimeOffset Since { get; init; }
    public long Version { get; init; }

    public bool Exists => Set is not null;

    public bool Open => Set is { Open: true };

    public HotlineOperator After(object @event) => @event is HotlineOperatorSet e
        ? this with { Set = e, Since = Set?.Open == e.Open ? Since : e.At, Version = Version + 1 }
        : this;

    /// <summary>Events of the platform; none where it is so already.</summary>
    public static IEnumerable<object> Decide(HotlineOperatorSet set, HotlineOperator before) =>
        before.Set is { } was && was with { At = set.At, By = set.By } == set ? [] : [set];
}

/// <summary>Which divisions have a platform, for the list.</summary>
internal static class OperatorRows
{
    public static string Ddl(string schema) => $"create table if not exists {schema}.hotline_operator (division bigint primary key);";

    public static void Write(StoreWork work, DivisionId division) =>
        work.Beside($"insert into {work.Schema}.hotline_operator (division) values ($1) on conflict do nothing", division.Value);

    public static async Task<List<DivisionId>> PageAsync(EventStore store, long[] divisions, long after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand(
            $"select division from {store.Schema}.hotline_operator where division = any($1) and division > $2 order by division limit $3");
        foreach (var value in (object[])[divisions, after, size])
            command.Parameters.Add(new() { Value = value });
        var page = new List<DivisionId>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new(reader.GetInt64(0)));
        return page;
    }
}
