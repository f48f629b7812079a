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
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var once = new NpgsqlCommand(
            $"insert into {PlatformModule.Schema}.division_edition (edition, divisions) values ($1, $2) on conflict do nothing", connection, transaction))
        {
            once.Parameters.Add(new() { Value = tree.Edition });
            once.Parameters.Add(new() { Value = tree.Count });
            if (await once.ExecuteNonQueryAsync(ct) == 0)
                return;
        }
        await using (var copy = await connection.BeginBinaryImportAsync(
            $"copy {PlatformModule.Schema}.division (id, code, name, level, parent, virtual, valid_from) from stdin (format binary)", ct))
        {
            for (var i = 0; i < tree.Count; i++)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(tree.IdAt(i).Value, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(tree.CodeAt(i).ToString(), NpgsqlDbType.Text, ct);
                await copy.WriteAsync(tree.NameAt(i), NpgsqlDbType.Text, ct);
                await copy.WriteAsync((short)tree.LevelAt(i), NpgsqlDbType.Smallint, ct);
                if (tree.ParentIndex(i) is >= 0 and var parent)
                    await copy.WriteAsync(tree.IdAt(parent).Value, NpgsqlDbType.Bigint, ct);
                else
                    await copy.WriteNullAsync(ct);
                await copy.WriteAsync(tree.IsVirtualAt(i), NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(tree.Edition, NpgsqlDbType.Date, ct);
            }
            await copy.CompleteAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }
}
