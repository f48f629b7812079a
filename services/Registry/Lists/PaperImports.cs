using Google.Protobuf;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using Npgsql;

namespace LeftBehind.Registry.Lists;

/// <summary>Lists that were imported, each with its answer, so that one that is sent again is answered as it was. Nothing of a cell stands here.</summary>
internal static class PaperImports
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.paper_import (
            village bigint not null, import_id uuid not null, digest bytea not null, at timestamptz not null, caller text not null, report bytea not null,
            primary key (village, import_id));
        """;

    /// <summary>The answer to an import that was taken before, with the keyed digest of its file.</summary>
    public static async Task<(byte[] Digest, ImportReport Report)?> FindAsync(StoreWork work, PaperImport import, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select digest, report from {work.Schema}.paper_import where village = $1 and import_id = $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = import.Place.Value });
        command.Parameters.Add(new() { Value = import.Id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetFieldValue<byte[]>(0), ImportReport.Parser.ParseFrom(reader.GetFieldValue<byte[]>(1))) : null;
    }

    public static void Keep(StoreWork work, PaperImport import, byte[] digest, string caller, ImportReport report) =>
        work.Beside($"insert into {work.Schema}.paper_import (village, import_id, digest, at, caller, report) values ($1, $2, $3, $4, $5, $6)",
            import.Place.Value, import.Id, digest, import.At.ToUniversalTime(), caller, report.ToByteArray());
}
