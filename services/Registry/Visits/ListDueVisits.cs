using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using Npgsql;
using NpgsqlTypes;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits;

/// <summary>The children of a division whose visit is due, page by page, due first.</summary>
public sealed class ListDueVisits(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.DueVisits> AnswerAsync(V1.ListDueVisitsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        DateTimeOffset? before = request.DueBefore.Length == 0 ? null : Requests.Time(request.DueBefore, "due_before");
        var after = RowPlace.AfterTime(request.PageToken);
        var rows = await PageAsync(tree.ValuesWithin(division!.Value), before, after, size + 1, context.CancellationToken);
        return new()
        {
            Visits = { rows.Take(size).Select(r => Shown(r, context.GetCaller())) },
            NextPageToken = rows.Count > size ? RowPlace.Of(rows[size - 1].DueAt!.Value, rows[size - 1].Child).ToString() : "",
        };
    }

    private async Task<List<VisitRow>> PageAsync(long[] divisions, DateTimeOffset? before, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select {VisitRows.Columns} from {store.Schema}.child_visits
            where village = any($1) and due_at is not null and (due_at, child) > ($2, $3) and ($4 is null or due_at < $4) order by due_at, child limit $5
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = divisions }, new() { Value = after.At }, new() { Value = after.Id },
            new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = size },
        ]);
        var rows = new List<VisitRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(VisitRows.Read(reader));
        return rows;
    }

    private V1.DueVisit Shown(VisitRow row, Caller caller) => new()
    {
        ChildId = row.Child.ToString(), VillageCode = tree.Code(row.Plan.Village).ToString(), Cadence = (V1.Cadence)row.Plan.Cadence, DueAt = Requests.Written(row.DueAt),
        Overdue = row.Overdue, LastVisitOn = row.LastVisitOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        KeyList = { VisitAnswers.Shown(row.Plan.KeyList, caller) },
    };
}
