using LeftBehind.EventLog;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.EducationAttendance.Dropout.Reports;

/// <summary>A filed document as it is kept: sealed under the pupil's key, so that it is erased with the pupil.</summary>
/// <param name="Text">Plain text, UTF-8.</param>
/// <param name="Pdf">Null where it could not be printed.</param>
public sealed record SealedDocument(Sealed Text, Sealed? Pdf);

/// <summary>Written reports beside the log, for a stream is read whole at every step; the event that files one has its digest.</summary>
internal static class DocumentTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.dropout_document (id uuid primary key, pupil uuid not null, text bytea not null, pdf bytea);
        """;

    public static void Write(StoreWork work, Guid id, Guid pupil, SealedDocument document) => work.Beside(
        $"insert into {work.Schema}.dropout_document (id, pupil, text, pdf) values ($1, $2, $3, $4)", id, pupil, document.Text.Bytes.ToArray(),
        new NpgsqlParameter { Value = (object?)document.Pdf?.Bytes.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });

    public static async Task<SealedDocument?> ReadAsync(StoreWork work, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select text, pdf from {work.Schema}.dropout_document where id = $1", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && Sealed.TryFrom(reader.GetFieldValue<byte[]>(0), out var text)
            ? new(text, !reader.IsDBNull(1) && Sealed.TryFrom(reader.GetFieldValue<byte[]>(1), out var pdf) ? pdf : null)
            : null;
    }
}
