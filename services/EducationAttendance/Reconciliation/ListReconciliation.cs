using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Reconciliation;

/// <summary>Differences of a division's schools, page by page, the longest in their state first. Nobody is named in it.</summary>
public sealed class ListReconciliation(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.ReconciliationCasePage> AnswerAsync(V1.ListReconciliationCasesRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var state = request.State is V1.ReconciliationState.Unspecified ? ReconciliationState.Open : Requests.Word<ReconciliationState>(request.State, "state");
        var kind = request.Kind is V1.ReconciliationKind.Unspecified ? default : Requests.Word<ReconciliationKind>(request.Kind, "kind");
        var page = await PageAsync(tree.ValuesWithin(division!.Value), state, kind, after, size + 1, ct);
        var cases = await store.ReadAsync<ReconciliationCase>(page.Take(size).Select(p => p.Id), ct);
        return new()
        {
            Cases = { page.Take(size).Select(p => HandleReconciliation.Shown(cases[p.Id], tree)) },
            NextPageToken = page.Count > size ? page[size - 1].ToString() : "",
        };
    }

    private async Task<List<RowPlace>> PageAsync(long[] villages, ReconciliationState state, ReconciliationKind kind, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select since, id from {store.Schema}.reconciliation_case
            where village = any($1) and state = $2 and ($3 = 0 or kind = $3) and (since, id) > ($4, $5) order by since, id limit $6
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = (short)state }, new() { Value = (short)kind }, new() { Value = after.Day }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<RowPlace>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(RowPlace.Of(reader.GetFieldValue<DateOnly>(0), reader.GetGuid(1)));
        return page;
    }
}

/// <summary>The rpcs of reconciliation; each line hands over to the feature it belongs to.</summary>
public sealed class ReconciliationService(HandleReconciliation handle, ListReconciliation list) : V1.Reconciliation.ReconciliationBase
{
    public override Task<V1.ReconciliationCasePage> ListReconciliationCases(V1.ListReconciliationCasesRequest request, ServerCallContext context) => list.AnswerAsync(request, context);

    public override Task<V1.ReconciliationCase> GetReconciliationCase(V1.GetReconciliationCaseRequest request, ServerCallContext context) => handle.GetAsync(request, context);

    public override Task<V1.ReconciliationCase> DecideReconciliationCase(V1.DecideReconciliationCaseRequest request, ServerCallContext context) => handle.DecideAsync(request, context);
}
