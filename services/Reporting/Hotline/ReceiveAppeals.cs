using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Clocks;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>Way in of <see cref="ReceiveAppeal"/>: any person, round the clock.</summary>
public sealed class ReceiveAppeals(
    EventStore store, DivisionTree tree, PersonKeyTable personKeys, KeyedDigest digests, AppealDuties duties, ReportRate rate, TimeProvider clock)
{
    public async Task<V1.AppealReceipt> AnswerAsync(V1.ReceiveAppealRequest request, ServerCallContext context)
    {
        var (caller, now, ct) = (context.GetCaller(), clock.GetUtcNow(), context.CancellationToken);
        var id = CallMeta.StreamOf(Appeal.StreamType, caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var unsealed = Read(request, caller, now);
        rate.Require(caller.Subject, unsealed.Danger, "appeals");
        var appeal = await store.RunAsync(async work =>
        {
            var known = (await work.LoadAsync<Appeal>([id], ct))[id];
            if (known.Exists)
                return ReceiveAppeal.Decide(unsealed, known, now).Any() ? throw new InvalidOperationException("An appeal is received once.") : known;
            var received = await SealAsync(work, unsealed with { Holder = await HolderAsync(work, caller, unsealed.Place, ct) }, request, ct);
            return await work.MoveAsync(known, [.. ReceiveAppeal.Decide(received, known, now)], context.Meta(received.At), duties, ct);
        }, ct);
        return new() { AppealId = id.ToString(), ReceivedAt = Requests.Written(appeal.Received!.At), State = Enum.Parse<V1.AppealState>(appeal.State.ToString()) };
    }

    private AppealReceived Read(V1.ReceiveAppealRequest request, Caller caller, DateTimeOffset now)
    {
        Texts.Prose(request.Words, "words", 0, 4000);
        var (name, phone) = (Texts.Line(request.CallerName, "caller_name", 0, 100), Texts.Line(request.CallerPhone, "caller_phone", 0, 30));
        var place = request.DivisionCode.Length > 0
            ? Requests.Division(tree, request.DivisionCode, now) ?? throw Requests.Invalid("division_code: no division of today's tree")
            : caller.Department is Department.YouthLeague ? (DivisionId?)null : throw Requests.Invalid("division_code: where the matter lies");
        var organisation = Texts.Readable(request.ConcernedOrganisation, "concerned_organisation", 0, 200);
        var concerned = new Concerned(organisation.Length > 0 ? organisation : null, Texts.Account(request.ConcernedAccount, "concerned_account"));
        return new(
            default, place, Requests.OptionalId(request.ChildId, "child_id"), Requests.Word<AppealChannel>(request.Channel, "channel"), request.ImmediateDanger,
            name.Length + phone.Length > 0, phone.Length > 0, Guid.Empty, Words: null!, Caller: null!, concerned is (null, null) ? null : concerned,
            Convert.ToBase64String(digests.Of(request.ToByteArray())), now,
            request.ReceivedAt.Length > 0 ? Requests.Time(request.ReceivedAt, "received_at") : now, caller.Subject);
    }

    /// <summary>The platform of the League's officer who takes it; else the nearest one that is open, and without any the county's.</summary>
    private async Task<DivisionId> HolderAsync(StoreWork work, Caller caller, DivisionId? place, CancellationToken ct)
    {
        if (caller is { Department: Department.YouthLeague, Role: Role.Officer })
            return caller.Level <= DivisionLevel.County ? caller.Division : tree.CountyOf(caller.Division);
        List<DivisionId> upwards = [.. tree.Path(place!.Value).Reverse().Where(d => d.Level <= DivisionLevel.County)];
        var operators = await work.LoadAsync<HotlineOperator>(upwards.Select(HotlineOperator.IdOf), ct);
        return upwards.Cast<DivisionId?>().FirstOrDefault(d => operators[HotlineOperator.IdOf(d!.Value)].Open) ?? tree.CountyOf(place.Value);
    }

    private async Task<AppealReceived> SealAsync(StoreWork work, AppealReceived received, V1.ReceiveAppealRequest request, CancellationToken ct)
    {
        var keys = personKeys.CreateMany(2);
        await personKeys.Insert(work.Connection, work.Transaction, keys, ct);
        return received with
        {
            TextKey = keys[0].KeyId,
            Words = keys[0].SealJson(request.Words),
            Caller = keys[1].SealJson(new ReporterIdentity(request.CallerName.Trim(), request.CallerPhone.Trim())),
        };
    }
}

internal static class MovingAppeals
{
    /// <summary>Appends what was decided, with its row and duties.</summary>
    public static async Task<Appeal> MoveAsync(this StoreWork work, Appeal before, IReadOnlyCollection<object> events, EventMeta meta, AppealDuties duties, CancellationToken ct)
    {
        var after = work.Keep(before, events, meta);
        OpenAppeals.Write(work, after);
        await duties.FollowAsync(work, before, after, meta, ct);
        return after;
    }
}
