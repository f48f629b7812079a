using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using Npgsql;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Matching;

/// <summary>The pairs of a division that nobody settled yet, oldest first; both files lie inside it, so that one officer can settle them.</summary>
public sealed class ListSuspectedDuplicates(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public async Task<V1.SuspectedDuplicates> AnswerAsync(V1.ListSuspectedDuplicatesRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var after = RowPlace.AfterTime(request.PageToken);
        var page = await PageAsync(tree.ValuesWithin(division!.Value), after, size + 1, context.CancellationToken);
        var children = await store.ReadAsync<Child>(page.Take(size).SelectMany(p => new[] { p.Child, p.Other }).Distinct(), context.CancellationToken);
        var answer = new V1.SuspectedDuplicates { NextPageToken = page.Count > size ? RowPlace.Of(page[size - 1].Since, page[size - 1].Child, page[size - 1].Other).ToString() : "" };
        foreach (var pair in page.Take(size))
        {
            var (child, other) = (children[pair.Child], children[pair.Other]);
            // Moved or closed since it was suspected.
            if (IsInside(child) && IsInside(other))
                answer.Pairs.Add(new V1.SuspectedDuplicate
                {
                    ChildId = pair.Child.ToString(), OtherId = pair.Other.ToString(), Score = pair.Score, Evidence = { pair.Findings.Split(' ') },
                    DivisionCode = tree.Code(child.Facts.Residence).ToString(), Since = Requests.Written(pair.Since), Version = child.Version,
                });
        }
        return answer;

        bool IsInside(Child c) => c.Facts.State is Contracts.Registry.FileState.Open && tree.IsWithin(c.Facts.Residence, division.Value);
    }

    private async Task<List<ReviewedPair>> PageAsync(long[] divisions, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select child, other, state, score, findings, division, other_division, since from {store.Schema}.duplicate_review
            where state = 0 and division = any($1) and other_division = any($1) and (since, child, other) > ($2, $3, $4) order by since, child, other limit $5
            """);
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = after.At });
        command.Parameters.Add(new() { Value = after.Id });
        command.Parameters.Add(new() { Value = after.Other });
        command.Parameters.Add(new() { Value = size });
        var page = new List<ReviewedPair>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(DuplicateReview.Read(reader));
        return page;
    }
}
