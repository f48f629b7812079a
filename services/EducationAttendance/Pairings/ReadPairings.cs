using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>A pairing, and lists of them. Notes and plan are opened for a stated purpose only, recorded in the transaction that opens them (未成年人网络保护条例 §36).</summary>
public sealed class ReadPairings(EventStore store, DivisionTree tree, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int LongestNumber = 64;

    public Task<V1.Pairing> GetAsync(V1.GetPairingRequest request, ServerCallContext context)
    {
        var (id, caller, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.GetCaller(), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        return store.RunAsync(async work =>
        {
            var pupil = (await work.LoadAsync<Pupil>([id], ct))[id];
            context.RequirePupil(pupil);
            var known = (await work.LoadAsync<Pairing>([Pairing.IdOf(id)], ct))[Pairing.IdOf(id)];
            if (known.Facts is null)
                throw ScopeGuard.NotFound();
            var key = purpose.Length == 0 ? null : (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], ct)).GetValueOrDefault(pupil.KeyId);
            if (purpose.Length > 0)
                PersonalReads.Record(work, caller, "pairing", purpose, PupilReads.Of(pupil));
            var answer = Shown(known, tree);
            answer.Plan = Opened(known.Plan, key);
            answer.Record.Add(known.Record.Select(s => new V1.Support { On = TermText.Written(s.On), Kind = (V1.SupportKind)s.Kind, Note = Opened(s.Note, key) }));
            return answer;
        }, ct);
    }

    public async Task<V1.PairingPage> ListAsync(V1.ListPairingsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var page = await PairingTable.PageAsync(store, tree.ValuesWithin(division!.Value), schoolNo.Length == 0 ? null : schoolNo, after, size + 1, ct);
        var known = await store.ReadAsync<Pairing>(page.Take(size).Select(p => Pairing.IdOf(p.Id)), ct);
        return new()
        {
            Pairings = { page.Take(size).Select(p => Shown(known[Pairing.IdOf(p.Id)], tree)) },
            NextPageToken = page.Count > size ? page[size - 1].ToString() : "",
        };
    }

    internal static V1.Pairing Shown(Pairing known, DivisionTree tree) => known.Facts is not { } facts ? new() : new()
    {
        PupilId = known.Pupil.ToString(), Version = known.Version, Active = facts.Active, Need = (V1.PairingNeed)facts.Need, Since = TermText.Written(facts.Since),
        Helper = known.Helper, CommitmentSignedOn = known.SignedOn is { } signed ? TermText.Written(signed) : "", Talks = facts.Talks, HomeVisits = facts.HomeVisits,
        HelpedCalls = facts.HelpedCalls, HasPlan = facts.HasPlan, Ended = (V1.PairingEnd)(known.Ended ?? 0), DivisionCode = tree.Code(facts.School).ToString(), SchoolNo = known.SchoolNo,
    };

    private static string Opened(Sealed? closed, PersonKey? key) => closed is { } text && key is not null && key.TryUnsealJson<string>(text, out var open) ? open : "";
}
