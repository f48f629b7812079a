using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Instruments;

/// <summary>The instruments by code, with the number of their latest version; kept in the transaction of their events.</summary>
internal static class InstrumentTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.instrument (
            id uuid primary key, code text not null, kind smallint not null, title text not null, version int not null, first_at timestamptz not null);
        create index if not exists instrument_first on {schema}.instrument (first_at, id);
        """;

    public static void Write(StoreWork work, Instrument instrument)
    {
        var latest = instrument.Of(0)!;
        work.Beside($"""
            insert into {work.Schema}.instrument (id, code, kind, title, version, first_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set title = excluded.title, version = excluded.version
            """, instrument.Id, latest.Content.Code, (short)latest.Content.Kind, latest.Content.Title, latest.Number, instrument.Versions[0].At.ToUniversalTime());
    }
}
