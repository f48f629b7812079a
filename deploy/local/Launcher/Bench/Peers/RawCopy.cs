using System.Diagnostics;
using Npgsql;

namespace LeftBehind.Launcher.Bench.Peers;

/// <summary>What a raw COPY of the same rows into all the same tables took.</summary>
internal sealed record CopyMeasured(int AfterChunk, int Tables, long TableRows, long PartnerRows, double Seconds)
{
    public double PartnerRowsPerSecond => PartnerRows / Seconds;
}

/// <summary>
/// The physical limit of ingest: every table that the push wrote, as it stands, by COPY into empty tables of the same
/// columns, indexes, checks and foreign keys on the same server. Nothing is decided, sealed, or answered.
/// </summary>
internal sealed class RawCopy(string store, string scratch)
{
    private const string From = "registry", Into = "bench";

    // What the event daemon and the lanes keep for themselves is none of the push's rows.
    private static readonly string[] Bookkeeping = ["mt_event_progression", "store_incarnation", "lane"];

    internal async Task<CopyMeasured> MeasureAsync(int chunk, long partnerRows, CancellationToken cancellation)
    {
        Directory.CreateDirectory(scratch);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(store) { CommandTimeout = 600 }.ConnectionString);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var tables = await TablesAsync(connection, cancellation);
        var rows = 0L;
        foreach (var table in tables)
            rows += await ExportAsync(connection, table, cancellation);
        await CreateAsync(connection, tables, cancellation);

        var watch = Stopwatch.StartNew();
        foreach (var table in tables)
            await ImportAsync(connection, table, cancellation);
        var took = watch.Elapsed.TotalSeconds;

        await ExecuteAsync(connection, $"drop schema {Into} cascade", cancellation);
        Directory.Delete(scratch, recursive: true);
        return new(chunk, tables.Count, rows, partnerRows, took);
    }

    /// <summary>Tables with rows, those first that others refer to.</summary>
    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select c.relname, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from {From}.%I', c.relname), false, true, '')))[1]::text::bigint
            from pg_class c where c.relnamespace = '{From}'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
            order by exists (select from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid), c.relname
            """, connection)
        { Parameters = { new() { Value = Bookkeeping } } };
        var tables = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetInt64(1) > 0)
                tables.Add(reader.GetString(0));
        return tables;
    }

    private async Task<long> ExportAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using (var file = File.Create(FileOf(table)))
        await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy {From}.{table} to stdout (format binary)", cancellation))
            await rows.CopyToAsync(file, cancellation);
        await using var count = new NpgsqlCommand($"select count(*) from {From}.{table}", connection);
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task CreateAsync(NpgsqlConnection connection, List<string> tables, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, $"create schema {Into}", cancellation);
        foreach (var table in tables)
            await ExecuteAsync(connection, $"create table {Into}.{table} (like {From}.{table} including all)", cancellation);
        await ExecuteAsync(connection, $$"""
            do $$ declare f record; begin
              for f in select c.relname, k.conname, pg_get_constraintdef(k.oid) as def from pg_constraint k join pg_class c on c.oid = k.conrelid
                       where k.contype = 'f' and c.relnamespace = '{{From}}'::regnamespace and c.relname = any(array['{{string.Join("','", tables)}}']) loop
                execute format('alter table {{Into}}.%I add constraint %I %s', f.relname, f.conname, replace(f.def, '{{From}}.', '{{Into}}.'));
              end loop;
            end $$
            """, cancellation);
    }

    private async Task ImportAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(FileOf(table));
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {Into}.{table} from stdin (format binary)", cancellation);
        await file.CopyToAsync(rows, cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private string FileOf(string table) => Path.Combine(scratch, table + ".copy");
}
