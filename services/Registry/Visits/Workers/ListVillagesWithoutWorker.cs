using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Visits.Workers;

/// <summary>The villages of a division with open files for which nobody is named: a finding, village by village.</summary>
public sealed class ListVillagesWithoutWorker(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.VillagesWithoutWorker> AnswerAsync(V1.ListVillagesWithoutWorkerRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var after = request.PageToken.Length == 0 ? 0
            : long.TryParse(request.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var village) ? village : throw Requests.Invalid("page_token: not one of this list");
        await using var command = store.Database.CreateCommand($"""
            select village, count(*)::int from {store.Schema}.child_visits
            where open and not has_worker and village = any($1) and village > $2 group by village order by village limit $3
            """);
        command.Parameters.Add(new() { Value = tree.ValuesWithin(division!.Value) });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = size + 1 });
        var answer = new V1.VillagesWithoutWorker();
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var last = after;
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Villages.Count == size)
            {
                answer.NextPageToken = last.ToString(CultureInfo.InvariantCulture);
                break;
            }
            last = reader.GetInt64(0);
            answer.Villages.Add(new V1.VillageWithoutWorker { VillageCode = tree.Code(new DivisionId(last)).ToString(), Files = reader.GetInt32(1) });
        }
        return answer;
    }
}
