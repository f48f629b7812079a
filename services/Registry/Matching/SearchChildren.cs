using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Partners;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Finds files by a child's name, inside the caller's divisions, for those who may read identities. Answers ids; who is behind
/// them is revealed apart. Every search is recorded with its purpose before it is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class SearchChildren(EventStore store, NameIndex index, DivisionTree tree, TimeProvider clock)
{

    public async Task<FoundChildren> AnswerAsync(SearchChildrenRequest request, ServerCallContext context)
    {
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var purpose = PersonalReads.Purpose(request.Purpose);
        var name = NameForms.Normal(Texts.Line(request.Name, "name", 1, 100));
        if (name.Length == 0)
            throw Requests.Invalid("name: 1 to 100 characters");
        if (request.BirthDate.Length > 0 && !HouseholdRowCheck.Day(request.BirthDate, out _))
            throw Requests.Invalid("birth_date: not a date as yyyy-MM-dd");
        var size = RowPlace.PageSize(request.PageSize);
        var after = Requests.OptionalId(request.PageToken, "page_token") ?? Guid.Empty;
        return await store.RunAsync(async work =>
        {
            var page = await PageAsync(work, index.Name(name), tree.ValuesWithin(division!.Value), after, size + 1, ct);
            var answer = new FoundChildren { NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
            var children = await work.LoadAsync<Child>(page.Take(size), ct);
            await Canonical.LoadAsync(work, children, ct);
            var found = page.Take(size).Select(id => Canonical.Of(children, id)).Where(c =>
                c.Exists && caller.Sees(c.Facts.Residence) && tree.IsWithin(c.Facts.Residence, division.Value)
                && (request.BirthDate.Length == 0 || (HouseholdRowCheck.Day(request.BirthDate, out var born) && c.Facts.BirthDate == born)))
                .DistinctBy(c => c.Id).ToArray();
            // That somebody was looked for is recorded, whether found or not.
            PersonalReads.Record(work, caller, "search", purpose, found.Length == 0 ? [new ReadOf(division.Value)] : found.Select(c => new ReadOf(c.Facts.Residence, c.Id)));
            answer.ChildIds.AddRange(found.Select(c => c.Id.ToString()));
            return answer;
        }, ct);
    }

    private static async Task<List<Guid>> PageAsync(StoreWork work, Guid token, long[] divisions, Guid after, int size, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select n.child from {work.Schema}.name_index n join {work.Schema}.person_key k on k.key_id = n.key and k.destroyed_on is null
            where n.token = $1 and n.child > $2 and n.residence = any($3) order by n.child limit $4
            """, work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = token });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = size });
        var page = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(reader.GetGuid(0));
        return page;
    }
}
