using LeftBehind.Calls;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Appraisals;

/// <summary>One row for each appraisal, written with its events: what lists are made of.</summary>
internal static class AppraisalTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.appraisal (id uuid primary key, division bigint not null, state smallint not null, recorded_on date not null) with (fillfactor = 85);
        create index if not exists appraisal_division on {schema}.appraisal (division, recorded_on, id);
        """;

    public static void Write(StoreWork work, Appraisal appraisal) => work.Beside($"""
        insert into {work.Schema}.appraisal (id, division, state, recorded_on) values ($1, $2, $3, $4) on conflict (id) do update set state = excluded.state
        """, appraisal.Id, appraisal.Facts!.Of.Value, (short)appraisal.State, appraisal.Facts.On);

    public static async Task<List<RowPlace>> PageAsync(EventStore store, long[] divisions, AppraisalState? state, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select recorded_on, id from {store.Schema}.appraisal where division = any($1) and ($2 = 0 or state = $2) and (recorded_on, id) > ($3, $4) order by recorded_on, id limit $5
            """);
        foreach (var value in (object[])[divisions, (short)(state ?? 0), after.Day, after.Id, size])
            command.Parameters.Add(new() { Value = value });
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }
}
