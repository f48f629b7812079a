using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Directory;

/// <summary>Ways in to the service directory: list, retire, and who serves a division.</summary>
public sealed class HandleProviders(EventStore store, DivisionTree tree, TimeProvider clock)
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.provider (
            id uuid primary key, division bigint not null, name text not null, kinds text[] not null, listed_at timestamptz not null);
        create index if not exists provider_division on {schema}.provider (division, listed_at, id);
        """;

    public Task<V1.Provider> ListAsync(V1.ListProviderRequest request, ServerCallContext context)
    {
        var (caller, now, ct, asked) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken, Asked.Of(request.RequestId, request));
        var division = Requests.Division(tree, request.DivisionCode, now);
        AssistanceService[] kinds = [.. request.Kinds.Select(k => Requests.Word<AssistanceService>(k, "kinds")).Distinct().Order()];
        if (kinds.Length == 0)
            throw Requests.Invalid("kinds: at least one");
        var name = Texts.Readable(request.Name, "name", 2, 100);
        context.Require(division);
        var id = CallMeta.StreamOf(Provider.StreamType, caller.Subject, asked.Request);
        return store.RunAsync(async work =>
        {
            var provider = (await work.LoadAsync<Provider>([id], ct))[id];
            foreach (var listed in ListProvider.Decide(new(division!.Value, name, kinds, now, caller.Subject, asked), provider))
            {
                work.Append(id, listed, context.Meta(now));
                provider = provider.After(listed);
                work.Beside($"insert into {work.Schema}.provider (id, division, name, kinds, listed_at) values ($1, $2, $3, $4, $5)",
                    id, listed.Division.Value, listed.Name, Array.ConvertAll(kinds, k => k.ToString()), now.ToUniversalTime());
            }
            return Written(provider);
        }, ct);
    }

    public Task<V1.Provider> RetireAsync(V1.RetireProviderRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.ProviderId, "provider_id"), clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var provider = (await work.LoadAsync<Provider>([id], ct))[id];
            context.Require(provider.Listed?.Division);
            foreach (var retired in RetireProvider.Decide(new(now, context.GetCaller().Subject), provider))
            {
                work.Append(id, retired, context.Meta(now));
                provider = provider.After(retired);
                work.Beside($"delete from {work.Schema}.provider where id = $1", id);
            }
            return Written(provider);
        }, ct);
    }

    /// <summary>Those of the division and of the divisions above it, page by page, listed first coming first.</summary>
    public async Task<V1.Providers> ServingAsync(V1.ListProvidersRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var kind = request.Kind is V1.AssistanceService.ServiceUnspecified ? "" : Requests.Word<AssistanceService>(request.Kind, "kind").ToString();
        var (size, last) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterTime(request.PageToken));
        await using var command = store.Database.CreateCommand($"""
            select listed_at, id, division, name, kinds from {store.Schema}.provider
            where division = any($1) and ($2 = '' or $2 = any(kinds)) and (listed_at, id) > ($3, $4) order by listed_at, id limit $5
            """);
        foreach (var value in (object[])[tree.Path(division!.Value).Select(d => d.Value).ToArray(), kind, last.At, last.Id, size + 1])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var answer = new V1.Providers();
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Providers_.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = RowPlace.Of(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1));
            answer.Providers_.Add(Written(last.Id, new(reader.GetInt64(2)), reader.GetString(3), reader.GetFieldValue<string[]>(4), retired: false));
        }
        return answer;
    }

    private V1.Provider Written(Provider provider) =>
        Written(provider.Id, provider.Listed!.Division, provider.Listed.Name, provider.Listed.Kinds.Select(k => k.ToString()), provider.IsRetired);

    private V1.Provider Written(Guid id, DivisionId division, string name, IEnumerable<string> kinds, bool retired) => new()
    {
        ProviderId = id.ToString(), DivisionCode = tree.Code(division).ToString(), Name = name, Retired = retired,
        Kinds = { kinds.Select(Enum.Parse<V1.AssistanceService>) },
    };
}
