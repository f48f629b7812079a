using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Platform.Figures;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions;

/// <summary>The confirmed changes of a division and of what lies in it now, the newest first, page by page.</summary>
public sealed class ListDivisionChanges(NpgsqlDataSource database, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.DivisionChangeList> AnswerAsync(V1.ListDivisionChangesRequest request, ServerCallContext context)
    {
        var division = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(division);
        var (size, after, now, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.After(request.PageToken).Key, tree.History, context.CancellationToken);
        var list = new V1.DivisionChangeList();
        await using var command = database.CreateCommand($"""
            select version, type, data::text, headers::text, timestamp from {PlatformModule.Schema}.mt_events where stream_id = $1 order by version desc
            """);
        command.Parameters.Add(new() { Value = DivisionStream.StreamId });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (version, change) = (reader.GetInt64(0), (IDivisionChange)Contract.Facts.Read(reader.GetString(1), reader.GetString(2)));
            list.Version = Math.Max(list.Version, version);
            if ((after > 0 && version >= after) || !Concerns(now, change, division!.Value))
                continue;
            if (list.Changes.Count == size)
            {
                list.NextPageToken = new RowPlace(list.Changes[^1].Version, Guid.Empty).ToString();
                break;
            }
            list.Changes.Add(new V1.ConfirmedChange
            {
                Version = version, Change = ShowChange.Of(change), ConfirmedBy = EventMeta.Read(reader.GetString(3)).Actor ?? "", ConfirmedAt = Requests.Written(reader.GetFieldValue<DateTimeOffset>(4)),
            });
        }
        return list;
    }

    private static bool Concerns(DivisionHistory now, IDivisionChange change, DivisionId division) =>
        ChangeShape.Of(now, change) is var shape && shape.Named.Concat(shape.Made.Select(m => m.Division)).Any(named => now.IsWithin(named, division));
}
