using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.Pages;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Subjects;

/// <summary>Children of villages that were split, had a village extracted or were abolished, until somebody tells where they live; page by page in the order (village, child).</summary>
public sealed class ListReassignments(NpgsqlDataSource database, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.Reassignments> AnswerAsync(V1.ListReassignmentsRequest request, ServerCallContext context)
    {
        var division = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(division);
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.After(request.PageToken), context.CancellationToken);
        var answer = new V1.Reassignments();
        await using var command = database.CreateCommand($"""
            select r.village, r.subject, r.change, e.type, e.data::text from {PlatformModule.Schema}.reassignment r
            join {PlatformModule.Schema}.subject_facts s on s.subject = r.subject and cardinality(s.measures) > 0
            join {PlatformModule.Schema}.mt_events e on e.stream_id = $5 and e.version = r.change
            where r.village = any($1) and (r.village, r.subject) > ($2, $3) order by r.village, r.subject limit $4
            """);
        foreach (var value in (object[])[tree.ValuesWithin(division!.Value), after.Key, after.Id, size + 1, DivisionStream.StreamId])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var last = after;
        while (await reader.ReadAsync(ct))
        {
            if (answer.Children.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = new(reader.GetInt64(0), reader.GetGuid(1));
            var change = (IDivisionChange)Contract.Facts.Read(reader.GetString(3), reader.GetString(4));
            answer.Children.Add(new V1.Reassignment
            {
                SubjectId = last.Id.ToString(), VillageId = new DivisionId(last.Key).ToString(), VillageCode = tree.Code(new(last.Key)).ToString(), VillageName = tree.Name(new(last.Key)),
                ChangeVersion = reader.GetInt64(2), CandidateIds = { Candidates(change).Select(d => d.ToString()) },
            });
        }
        return answer;
    }

    /// <summary>Where they may live now; of an abolished village nobody knows.</summary>
    private static IEnumerable<DivisionId> Candidates(IDivisionChange change) => change switch
    {
        DivisionSplit c => c.Parts.Select(p => p.Division).Prepend(c.Division),
        VillagesExtracted c => c.From.Append(c.Division),
        _ => [],
    };
}
