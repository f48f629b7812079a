using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// One state of the read model for several statements. The tables are held before the state is fixed: a rebuild that switches to new
/// ones waits for whoever reads, and nobody finds new tables as they were before they were filled.
/// </summary>
internal static class FigureSnapshot
{
    /// <summary>Begins it on a connection; it ends with the transaction.</summary>
    public static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken ct, string schema = PlatformModule.Schema)
    {
        var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var held = new NpgsqlCommand($"lock table {FigureTables.All(schema)} in access share mode", connection, snapshot);
        await held.ExecuteNonQueryAsync(ct);
        return snapshot;
    }
}
