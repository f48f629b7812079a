using System.Text.RegularExpressions;
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

namespace LeftBehind.EducationAttendance.ContactCards;

/// <summary>How cards are given, calls logged, and cards read: who may, what was asked before, the version the caller saw. Names and telephones are sealed under the pupil's key.</summary>
public sealed partial class HandleContactCards(EventStore store, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int MostContacts = 6, LongestName = 50, ShownCalls = 50;

    public Task<V1.ContactCard> GiveAsync(V1.GiveContactCardRequest request, ServerCallContext context)
    {
        var (on, contacts) = (Day(request.On), request.Contacts.Select(Read).ToArray());
        if (contacts.Length is 0 or > MostContacts)
            throw Requests.Invalid($"contacts: 1 to {MostContacts}");
        var bySchool = Texts.Account(request.SignedBySchool, "signed_by_school");
        var byHousehold = request.SignedByHousehold is V1.ContactRelation.Unspecified ? (ContactRelation?)null : Requests.Word<ContactRelation>(request.SignedByHousehold, "signed_by_household");
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, pupil, key) => known.Give(id, pupil, key.SealJson(contacts), bySchool, byHousehold, on), context);
    }

    public Task<V1.ContactCard> LogAsync(V1.LogHelpedCallRequest request, ServerCallContext context)
    {
        var (on, kind) = (Day(request.On), Requests.Word<CallKind>(request.Kind, "kind"));
        return TakeAsync(request.PupilId, request.RequestId, request.ExpectedVersion, (known, id, pupil, _) => known.Call(id, pupil, kind, request.Connected, on), context);
    }

    public Task<V1.ContactCard> GetAsync(V1.GetContactCardRequest request, ServerCallContext context)
    {
        var (id, caller, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.GetCaller(), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        return store.RunAsync(async work =>
        {
            var pupil = await PupilAsync(work, id, context);
            var known = await KnownAsync(work, id, ct);
            if (known.Facts is null)
                throw ScopeGuard.NotFound();
            var answer = Shown(known, id);
            if (purpose.Length == 0)
                return answer;
            PersonalReads.Record(work, caller, "contact-card", purpose, PupilReads.Of(pupil));
            if (known.Given is { } given && await KeyAsync(work, pupil, ct) is { } key && key.TryUnsealJson<CardContact[]>(given.Contacts, out var contacts))
                answer.Contacts.Add(contacts.Select(c => new V1.Contact { Relation = (V1.ContactRelation)c.Relation, Name = c.Name, Phone = c.Phone }));
            return answer;
        }, ct);
    }

    private Task<V1.ContactCard> TakeAsync(
        string pupilId, string requestId, long expected, Func<ContactCard, Guid, Pupil, PersonKey, IEnumerable<IContactCardEvent>> decide, ServerCallContext context)
    {
        var (id, ct, now) = (Requests.Id(pupilId, "pupil_id"), context.CancellationToken, clock.GetUtcNow());
        var request = CallMeta.StreamOf("contact-card", context.GetCaller().Subject, Requests.Id(requestId, "request_id"));
        return store.RunAsync(async work =>
        {
            var pupil = await PupilAsync(work, id, context);
            var key = await KeyAsync(work, pupil, ct);
            if (pupil.Erased || key is null or { IsDestroyed: true })
                throw new RejectedException("the pupil's data was erased");
            var known = await KnownAsync(work, id, ct);
            var decided = decide(known, request, pupil, key).ToList();
            if (decided.Count > 0 && known.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the card is at version {known.Version}"));
            foreach (var @event in decided)
            {
                work.Append(known.Id, @event, context.Meta(now));
                known = known.After(@event);
            }
            return Shown(known, id);
        }, ct);
    }

    private static async Task<Pupil> PupilAsync(StoreWork work, Guid id, ServerCallContext context)
    {
        var pupil = (await work.LoadAsync<Pupil>([id], context.CancellationToken))[id];
        context.RequirePupil(pupil);
        return pupil;
    }

    private static async Task<ContactCard> KnownAsync(StoreWork work, Guid pupil, CancellationToken ct) => (await work.LoadAsync<ContactCard>([ContactCard.IdOf(pupil)], ct))[ContactCard.IdOf(pupil)];

    private async Task<PersonKey?> KeyAsync(StoreWork work, Pupil pupil, CancellationToken ct) =>
        (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], ct)).GetValueOrDefault(pupil.KeyId);

    private DateOnly Day(string text) => TermText.Day(text, "on") is var day && day <= WorkCalendar.DayOf(clock.GetUtcNow()) ? day : throw Requests.Invalid("on: in the future");

    private static CardContact Read(V1.Contact told) => new(
        Requests.Word<ContactRelation>(told.Relation, "contacts.relation"), Texts.Line(told.Name, "contacts.name", 1, LongestName),
        Phone().IsMatch(told.Phone) ? told.Phone : throw Requests.Invalid("contacts.phone: digits, spaces, + and -, 5 to 20 characters"));

    private static V1.ContactCard Shown(ContactCard known, Guid pupil) => new()
    {
        PupilId = pupil.ToString(), Version = known.Version, GivenOn = Written(known.Facts?.GivenOn), Edition = known.Facts?.Edition ?? 0, SignedBySchool = known.Given?.SignedBySchool ?? "",
        SignedByHousehold = (V1.ContactRelation)(known.Given?.SignedByHousehold ?? 0), Calls = known.Facts?.Calls ?? 0, ConnectedCalls = known.Facts?.Connected ?? 0,
        LastCallOn = Written(known.Facts?.LastCallOn),
        CallLog = { known.CallLog.Reverse().Take(ShownCalls).Select(c => new V1.HelpedCall { On = TermText.Written(c.On), Kind = (V1.CallKind)c.Kind, Connected = c.Connected }) },
    };

    private static string Written(DateOnly? day) => day is { } d ? TermText.Written(d) : "";

    [GeneratedRegex(@"\A\+?[0-9][0-9 -]{3,18}[0-9]\z")]
    private static partial Regex Phone();
}

/// <summary>The rpcs of contact cards; each line hands over to the feature it belongs to.</summary>
public sealed class ContactCardsService(HandleContactCards handle) : V1.ContactCards.ContactCardsBase
{
    public override Task<V1.ContactCard> GiveContactCard(V1.GiveContactCardRequest request, ServerCallContext context) => handle.GiveAsync(request, context);

    public override Task<V1.ContactCard> LogHelpedCall(V1.LogHelpedCallRequest request, ServerCallContext context) => handle.LogAsync(request, context);

    public override Task<V1.ContactCard> GetContactCard(V1.GetContactCardRequest request, ServerCallContext context) => handle.GetAsync(request, context);
}
