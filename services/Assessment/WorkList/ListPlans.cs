using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.WorkList;

/// <summary>The plans of a division that have not ended, and the services in them that are due, page by page.</summary>
public sealed class ListPlans(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.ListedPlans> PlansAsync(V1.ListPlansRequest request, ServerCallContext context)
    {
        var answer = new V1.ListedPlans();
        answer.NextPageToken = await PageAsync(
            $"select drafted_at, plan, child, division, state, assessment from {store.Schema}.open_plan", "(drafted_at, plan)", request.DivisionCode,
            (request.PageSize, request.PageToken), context, (row, place) => answer.Plans.Add(new V1.ListedPlan
            {
                PlanId = place.Id.ToString(), ChildId = ChildOf(row), DivisionCode = CodeOf(row), State = Enum.Parse<V1.PlanState>(row.GetString(4)),
                AssessmentId = row.GetGuid(5).ToString(), DraftedAt = Requests.Written(place.At),
            }));
        return answer;
    }

    public async Task<V1.DueServices> ServicesAsync(V1.ListDueServicesRequest request, ServerCallContext context)
    {
        var answer = new V1.DueServices();
        answer.NextPageToken = await PageAsync(
            $"select due_at, service, child, division, kind, plan, provider from {store.Schema}.due_service", "(due_at, service)", request.DivisionCode,
            (request.PageSize, request.PageToken), context, (row, place) => answer.Services.Add(new V1.DueService
            {
                ServiceId = place.Id.ToString(), ChildId = ChildOf(row), DivisionCode = CodeOf(row), Kind = Enum.Parse<V1.AssistanceService>(row.GetString(4)),
                PlanId = row.GetGuid(5).ToString(), ProviderId = row.GetGuid(6).ToString(), DueAt = Requests.Written(place.At),
            }));
        return answer;
    }

    /// <summary>One page in order of time; the token of the next, empty after the last.</summary>
    private async Task<string> PageAsync(
        string select, string place, string code, (int Size, string Token) page, ServerCallContext context, Action<NpgsqlDataReader, RowPlace> add)
    {
        var division = Requests.Division(tree, code, clock.GetUtcNow());
        context.Require(division);
        var (size, last) = (RowPlace.PageSize(page.Size), RowPlace.AfterTime(page.Token));
        await using var command = store.Database.CreateCommand($"{select} where division = any($1) and {place} > ($2, $3) order by {place} limit $4");
        foreach (var value in (object[])[tree.ValuesWithin(division!.Value), last.At, last.Id, size + 1])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        for (var rows = 0; await reader.ReadAsync(context.CancellationToken); rows++)
        {
            if (rows == size)
                return last.ToString();
            last = RowPlace.Of(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1));
            add(reader, last);
        }
        return "";
    }

    private static string ChildOf(NpgsqlDataReader row) => row.IsDBNull(2) ? "" : row.GetGuid(2).ToString();

    private string CodeOf(NpgsqlDataReader row) => tree.Code(new DivisionId(row.GetInt64(3))).ToString();
}
