using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.WorkList;

/// <summary>What a division still has to assess, page by page, due first.</summary>
public sealed class ListOpenAssessments(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.OpenAssessments> AnswerAsync(V1.ListOpenAssessmentsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var after = RowPlace.AfterTime(request.PageToken);
        await using var command = store.Database.CreateCommand($"""
            select due_at, assessment, child, division, urgency, trigger, state from {store.Schema}.open_assessment
            where division = any($1) and (due_at, assessment) > ($2, $3) order by due_at, assessment limit $4
            """);
        command.Parameters.Add(new() { Value = tree.ValuesWithin(division!.Value) });
        command.Parameters.Add(new() { Value = after.At });
        command.Parameters.Add(new() { Value = after.Id });
        command.Parameters.Add(new() { Value = size + 1 });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var (answer, last) = (new V1.OpenAssessments(), after);
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Assessments.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = RowPlace.Of(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1));
            answer.Assessments.Add(Row(reader, last));
        }
        return answer;
    }

    private V1.OpenAssessment Row(NpgsqlDataReader reader, RowPlace place) => new()
    {
        AssessmentId = place.Id.ToString(), ChildId = reader.IsDBNull(2) ? "" : reader.GetGuid(2).ToString(),
        DivisionCode = tree.Code(new(reader.GetInt64(3))).ToString(), Urgency = reader.GetString(4), DueAt = Requests.Written(place.At),
        Trigger = Enum.Parse<V1.AssessmentTrigger>(reader.GetString(5)), State = Enum.Parse<V1.AssessmentState>(reader.GetString(6)),
    };
}
