using LeftBehind.Divisions;
using LeftBehind.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Platform.Divisions;

/// <summary>Loads the shipped division tree into Platform's own table, once an edition, in one transaction.</summary>
public sealed class ImportDivisions(NpgsqlDataSource database, DivisionTree tree) : IMigrationStep
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.division (
            id bigint primary key, code text not null, name text not null, level smallint not null, parent bigint, virtual boolean not null, valid_from date not null);
        create table if not exists {schema}.division_edition (edition date primary key, divisions int not null, loaded_at timestamptz not null default now());
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        var edition = new DivisionTree(tree.Unchanged);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var once = new NpgsqlCommand(
            $"insert into {PlatformModule.Schema}.division_edition (edition, divisions) values ($1, $2) on conflict do nothing", connection, transaction))
        {
            once.Parameters.Add(new() { Value = edition.Edition });
            once.Parameters.Add(new() { Value = edition.Count });
            if (await once.ExecuteNonQueryAsync(ct) == 0)
                return;
        }
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {PlatformModule.Schema}.division (id, code, name, level, parent, virtual, valid_from) from stdin (format binary)", ct))
        {
            for (var i = 0; i < edition.Count; i++)
            {
                var division = edition.At(i);
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(division.Id.Value, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(division.Code.ToString(), NpgsqlDbType.Text, ct);
                await copy.WriteAsync(division.Name, NpgsqlDbType.Text, ct);
                await copy.WriteAsync((short)division.Level, NpgsqlDbType.Smallint, ct);
                if (edition.ParentIndex(i) is >= 0 and var parent)
                    await copy.WriteAsync(edition.IdAt(parent).Value, NpgsqlDbType.Bigint, ct);
                else
                    await copy.WriteNullAsync(ct);
                await copy.WriteAsync(division.IsVirtual, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(edition.Edition, NpgsqlDbType.Date, ct);
            }
            await copy.CompleteAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }
}
