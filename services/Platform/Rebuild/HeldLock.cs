using Npgsql;

namespace LeftBehind.Platform.Rebuild;

/// <summary>A lock of the whole installation for work that one process does at a time; free again at its end, or with the process.</summary>
internal sealed class HeldLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly string name;

    private HeldLock(NpgsqlConnection connection, string name) => (this.connection, this.name) = (connection, name);

    /// <summary>Takes it, or answers null where another holds it.</summary>
    public static async Task<HeldLock?> TryTakeAsync(NpgsqlDataSource database, string name, CancellationToken ct)
    {
        var held = new HeldLock(await database.OpenConnectionAsync(ct), name);
        if (await held.AskAsync("pg_try_advisory_lock"))
            return held;
        await held.connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await AskAsync("pg_advisory_unlock");
        await connection.DisposeAsync();
    }

    private async Task<bool> AskAsync(string how)
    {
        await using var command = new NpgsqlCommand($"select {how}(hashtext($1))", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(CancellationToken.None) is true;
    }
}
