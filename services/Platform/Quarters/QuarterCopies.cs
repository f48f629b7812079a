using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using Npgsql;

namespace LeftBehind.Platform.Quarters;

/// <summary>The copy of a quarter that was cut, in the tree of its last day.</summary>
/// <param name="Quarter">Which.</param>
/// <param name="Position">The place of the log it was cut at.</param>
/// <param name="Tree">The tree as it was then; it stands still.</param>
public sealed record QuarterCopy(Quarter Quarter, long Position, DivisionTree Tree)
{
    /// <summary>Where its figures are read.</summary>
    internal ReadModel Model => new(Quarter.Schema, $"{Position}::bigint");

    /// <summary>The division of a code as it was then; null when unknown.</summary>
    public DivisionId? Resolve(string code) => DivisionCode.TryParse(code, out var parsed) && Tree.Resolve(parsed, Quarter.Last) is { } id && Tree.Find(id) is not null
        ? id : DivisionCode.TryParse(code, out _) ? null : throw Calls.Requests.Invalid("division_code: 2, 4, 6, 9 or 12 digits");

    /// <summary>The towns that report: of those within a division the living ones that are not of the code list only.</summary>
    public IReadOnlyList<DivisionId> TownsWithin(DivisionId division) =>
        [.. Tree.Within(division).Where(d => d.Level is DivisionLevel.Town && Tree.Standing(d) is DivisionStanding.Living && !Tree.IsVirtual(d))];

    /// <summary>The county of a town; null of one that lies in none.</summary>
    public DivisionId? CountyOf(DivisionId town) => Tree.Path(town).Cast<DivisionId?>().FirstOrDefault(d => Tree.Level(d!.Value) is DivisionLevel.County);
}

/// <summary>Finds the quarters that were cut.</summary>
public sealed class QuarterCopies(NpgsqlDataSource database, CountedTree counted, DivisionTree live, TimeProvider clock)
{
    /// <summary>
    /// The quarter of this name and a division of it within the caller's reach. Refused where the quarter is not cut, but only to whoever reaches the division: of
    /// what lies elsewhere nobody learns even that.
    /// </summary>
    public async Task<(QuarterCopy Copy, DivisionId Division)> FindAsync(string text, string code, Admission admission, CancellationToken ct)
    {
        var copy = await FindAsync(Quarter.Read(text), ct);
        var division = copy is null ? DivisionRequests.Find(live, code, clock) : copy.Resolve(code);
        admission.Require(division);
        return copy is null ? throw new RpcException(new(StatusCode.FailedPrecondition, "quarter: it is not over, or was before the log began")) : (copy, division!.Value);
    }

    /// <summary>All of them, the oldest first.</summary>
    public async Task<IReadOnlyList<QuarterCopy>> AllAsync(CancellationToken ct)
    {
        var all = new List<QuarterCopy>();
        foreach (var (quarter, position) in await QuarterTables.CutAsync(database, ct))
            all.Add(await ReadAsync(quarter, position, ct));
        return all;
    }

    /// <summary>Null where it is not cut.</summary>
    public async Task<QuarterCopy?> FindAsync(Quarter quarter, CancellationToken ct) =>
        (await QuarterTables.CutAsync(database, ct)).Where(c => c.Quarter == quarter).Cast<(Quarter, long Position)?>().FirstOrDefault() is { Position: var position } ? await ReadAsync(quarter, position, ct) : null;

    private async Task<QuarterCopy> ReadAsync(Quarter quarter, long position, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand($"select {CountedTree.ChangesIn(quarter.Schema)}", connection);
        return new(quarter, position, await counted.AfterAsync(connection, (long)(await command.ExecuteScalarAsync(ct))!, ct));
    }
}
