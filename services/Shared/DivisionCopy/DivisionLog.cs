using LeftBehind.Contracts.Divisions;
using LeftBehind.Pages;
using Npgsql;

namespace LeftBehind.DivisionCopy;

/// <summary>
/// Where a service keeps the confirmed changes of the division tree, in their order: Platform in its own log, each other service in a table of what Platform told.
/// </summary>
/// <param name="Head">A query of one number that moves with every change.</param>
/// <param name="Changes">A query of stored name and JSON of every change, in order.</param>
public sealed record DivisionLog(string Head, string Changes)
{
    internal async Task<long> HeadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Head);
        return await command.ExecuteScalarAsync(ct) is long head ? head : 0;
    }

    internal async Task<List<IDivisionChange>> ChangesAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Changes);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changes = new List<IDivisionChange>();
        while (await reader.ReadAsync(ct))
            changes.Add((IDivisionChange)Contract.Facts.Read(reader.GetString(0), reader.GetString(1)));
        return changes;
    }
}
