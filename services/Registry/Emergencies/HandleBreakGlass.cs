using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.ReadLog;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Emergencies;

/// <summary>How a break-glass is declared, told to its county, used, ended and listed.</summary>
public sealed class HandleBreakGlass(EventStore store, DivisionTree tree, ObligationBook book, TimeProvider clock) : V1.BreakGlass.BreakGlassBase, IGrants
{
    private const int MostAPage = 50, UnaskedAPage = 20;

    /// <summary>Due at once; what is not acknowledged within a day is told above (platform default).</summary>
    private static readonly ObligationTerms Acknowledge = new(
        "registry.acknowledgeBreakGlass", ObligationBasis.PlatformDefault, "平台默认：上级紧急查阅，县级民政部门知悉；未成年人网络保护条例 §36（严格设定信息访问权限）", Clock.Immediate(TimeSpan.FromHours(24)))
    {
        EscalatesAfter = TimeSpan.FromHours(24),
    };

    /// <inheritdoc/>
    public override async Task<V1.BreakGlassGrant> DeclareBreakGlass(V1.DeclareBreakGlassRequest request, ServerCallContext context)
    {
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow().ToUniversalTime(), context.CancellationToken);
        var id = CallMeta.StreamOf(BreakGlassGrant.StreamType, caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var reason = Reason(request.Reason);
        var county = Requests.Division(tree, request.DivisionCode, now);
        context.Require(county);
        if (tree.Level(county!.Value) is not DivisionLevel.County)
            throw Requests.Invalid("division_code: a county");
        var asked = new BreakGlassDeclared(caller.Subject, caller.Department, caller.Division, county.Value, reason, now, now + BreakGlassGrant.HoldsFor);
        return await store.RunAsync(async work =>
        {
            var known = (await work.LoadAsync<BreakGlassGrant>([id], ct))[id];
            foreach (var declared in known.Declare(asked))
            {
                work.Append(id, declared, context.Meta(now));
                known = known.After(declared);
                GrantTable.Write(work, id, declared);
                await book.OpenAsync(work, new NewObligation(Acknowledge, Subject(id), county.Value, OwnerDepartment.CivilAffairs, now, context.Meta(now), "once"), ct);
            }
            return Shown(known);
        }, ct);
    }

    /// <inheritdoc/>
    public override Task<V1.BreakGlassGrant> EndBreakGlass(V1.EndBreakGlassRequest request, ServerCallContext context) => store.RunAsync(async work =>
    {
        var (known, now) = (await FindAsync(work, request.GrantId, context), clock.GetUtcNow().ToUniversalTime());
        foreach (var ended in known.End(context.GetCaller().Subject, now))
        {
            work.Append(known.Id, ended, context.Meta(now));
            known = known.After(ended);
        }
        return Shown(known);
    }, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<V1.BreakGlassGrant> AcknowledgeBreakGlass(V1.AcknowledgeBreakGlassRequest request, ServerCallContext context) => store.RunAsync(async work =>
    {
        var (known, now) = (await FindAsync(work, request.GrantId, context), clock.GetUtcNow());
        foreach (var taken in known.Acknowledge())
        {
            work.Append(known.Id, taken, context.Meta(now));
            known = known.After(taken);
            await book.FulfilAsync(work, Subject(known.Id), Acknowledge.Kind, context.Meta(now), context.CancellationToken);
        }
        return Shown(known);
    }, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<V1.BreakGlassPage> ListBreakGlass(V1.ListBreakGlassRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var (size, ct) = (RowPlace.PageSize(request.PageSize, MostAPage, UnaskedAPage), context.CancellationToken);
        var page = await GrantTable.PageAsync(store, tree.ValuesWithin(division!.Value), RowPlace.AfterTime(request.PageToken), size + 1, ct);
        var ids = page.Take(size).Select(p => p.Id).ToArray();
        var (known, uses) = (await store.ReadAsync<BreakGlassGrant>(ids, ct), await GrantTable.UsesAsync(store, ids, ct));
        var answer = new V1.BreakGlassPage { NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
        foreach (var id in ids)
        {
            var shown = Shown(known[id]);
            shown.Uses.Add(uses[id].Select(u => new V1.BreakGlassUse { At = Requests.Written(u.At), Method = u.Method }));
            answer.Grants.Add(shown);
        }
        return answer;
    }

    /// <inheritdoc/>
    public Task<Grant?> UseAsync(Guid id, Caller caller, string method, CancellationToken ct) => UseAsync(id, caller.Subject, ClaimWords.Word(caller.Department), method, ct);

    /// <summary>The same for whom another service names.</summary>
    public Task<Grant?> UseAsync(Guid id, string subject, string department, string method, CancellationToken ct) => store.RunAsync(async work =>
    {
        var (known, now) = ((await work.LoadAsync<BreakGlassGrant>([id], ct))[id], clock.GetUtcNow().ToUniversalTime());
        if (!known.HoldsAt(now) || known.Declared!.Subject != subject || ClaimWords.Word(known.Declared.Department) != department)
            return null;
        GrantTable.Use(work, id, now, method);
        return new Grant(id, known.Declared.County);
    }, ct);

    private static async Task<BreakGlassGrant> FindAsync(StoreWork work, string text, ServerCallContext context)
    {
        var id = Requests.Id(text, "grant_id");
        var known = (await work.LoadAsync<BreakGlassGrant>([id], context.CancellationToken))[id];
        context.Require(known.Declared?.County);
        return known;
    }

    /// <summary>As the purpose of a read.</summary>
    private static string Reason(string text)
    {
        try
        {
            return PersonalReads.Purpose(text);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.InvalidArgument)
        {
            throw Requests.Invalid("reason: 4 to 200 characters, without an ID or phone number");
        }
    }

    private static ObligationSubject Subject(Guid id) => new("breakglass", id);

    private V1.BreakGlassGrant Shown(BreakGlassGrant known) => new()
    {
        GrantId = known.Id.ToString(), DeclaredBy = known.Declared!.Subject, Department = ClaimWords.Word(known.Declared.Department),
        ByDivisionCode = tree.Code(known.Declared.By).ToString(), DivisionCode = tree.Code(known.Declared.County).ToString(), Reason = known.Declared.Reason,
        DeclaredAt = Requests.Written(known.Declared.At), Until = Requests.Written(known.Until), Acknowledged = known.Acknowledged,
    };
}
