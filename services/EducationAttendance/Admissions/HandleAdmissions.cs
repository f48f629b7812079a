using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>How refusals are recorded and settled: who may, what was asked before, what the refusal allows, and the version the caller saw; with the duty that follows.</summary>
public sealed class HandleAdmissions(EventStore store, DivisionTree tree, ObligationBook book, TimeProvider clock)
{
    private const int LongestNumber = 64, MostYearsAgo = 2;

    public Task<V1.RefusedAdmission> RecordAsync(V1.RecordAdmissionRefusedRequest request, ServerCallContext context)
    {
        var (now, ct, caller) = (clock.GetUtcNow(), context.CancellationToken, context.GetCaller());
        var asked = CallMeta.StreamOf("admission", caller.Subject, Requests.Id(request.RequestId, "request_id"));
        var told = new RefusedChild(Requests.OptionalId(request.ChildId, "child_id"), Requests.OptionalId(request.PupilId, "pupil_id"));
        if (told is { Child: null, Pupil: null } or { Child: not null, Pupil: not null })
            throw Requests.Invalid("child_id: exactly one of child_id and pupil_id");
        if (caller.Role is Role.School && told.Pupil is null)
            throw Requests.Invalid("pupil_id: a school tells of its pupils");
        var (schoolNo, reason, on) = (Texts.Readable(request.SchoolNo, "school_no", 1, LongestNumber), Requests.Word<RefusalReason>(request.Reason, "reason"), Day(request.RefusedOn, "refused_on", now));
        if (on < WorkCalendar.DayOf(now).AddYears(-MostYearsAgo))
            throw Requests.Invalid($"refused_on: more than {MostYearsAgo} years ago");
        var school = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village);
        return store.RunAsync(async work =>
        {
            var of = await KnownAsync(work, told, school, context);
            var id = AdmissionRefusal.IdOf(of, school, schoolNo, on);
            var known = (await work.LoadAsync<AdmissionRefusal>([id], ct))[id];
            foreach (var @event in known.Refuse(asked, of, school, schoolNo, on, reason, ToldBy(caller), now.ToUniversalTime()))
            {
                known = Keep(work, known, @event, context.Meta(now));
                await book.OpenAsync(work, AdmissionDuties.Opening(known, tree, context.Meta(now)), ct);
            }
            return Shown(known, tree);
        }, ct);
    }

    public Task<V1.RefusedAdmission> SettleAsync(V1.SettleAdmissionRequest request, ServerCallContext context)
    {
        var (id, now, ct) = (Requests.Id(request.RefusalId, "refusal_id"), clock.GetUtcNow(), context.CancellationToken);
        var asked = CallMeta.StreamOf("admission", context.GetCaller().Subject, Requests.Id(request.RequestId, "request_id"));
        var (outcome, on) = (Requests.Word<AdmissionOutcome>(request.Outcome, "outcome"), Day(request.On, "on", now));
        var elsewhere = outcome is AdmissionOutcome.AdmittedElsewhere;
        var admittedBy = Texts.Readable(request.SchoolNo, "school_no", elsewhere ? 1 : 0, elsewhere ? LongestNumber : 0) is { Length: > 0 } no ? no : null;
        return store.RunAsync(async work =>
        {
            var known = (await work.LoadAsync<AdmissionRefusal>([id], ct))[id];
            context.Require(known.Facts?.School);
            var decided = known.Settle(asked, outcome, admittedBy, on).ToList();
            if (decided.Count > 0 && known.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the refusal is at version {known.Version}"));
            foreach (var @event in decided)
            {
                known = Keep(work, known, @event, context.Meta(now));
                if (AdmissionDuties.IsDone(known))
                    await book.FulfilAsync(work, [AdmissionDuties.Done(known, context.Meta(now))], ct);
                else
                    await book.WaiveAsync(work, [AdmissionDuties.LetGo(known, context.Meta(now))], ct);
            }
            return Shown(known, tree);
        }, ct);
    }

    /// <summary>A school reaches its own pupils, wherever the refusing school stands; all others what was done by a school that stands within their reach.</summary>
    private static async Task<RefusedChild> KnownAsync(StoreWork work, RefusedChild told, DivisionId school, ServerCallContext context)
    {
        if (context.GetCaller().Role is not Role.School)
            context.Require(school);
        if (told.Pupil is not { } id)
            return await AdmissionTable.HasFileAsync(work, told.Child!.Value, context.CancellationToken) ? told : throw ScopeGuard.NotFound();
        var pupil = (await work.LoadAsync<Pupil>([id], context.CancellationToken))[id];
        if (context.GetCaller().Role is Role.School)
            context.RequirePupil(pupil);
        if (!pupil.Exists)
            throw ScopeGuard.NotFound();
        return pupil.Erased ? throw new RejectedException("the pupil's data was erased") : told with { Child = pupil.Facts.ChildId };
    }

    private static AdmissionRefusal Keep(StoreWork work, AdmissionRefusal known, IAdmissionEvent @event, EventMeta meta)
    {
        work.Append(known.Id, @event, meta);
        var next = known.After(@event);
        AdmissionTable.Write(work, next);
        return next;
    }

    private static RefusalToldBy ToldBy(Caller caller) => caller switch
    {
        { Role: Role.School } => RefusalToldBy.School,
        { Department: Department.Education } => RefusalToldBy.Education,
        _ => RefusalToldBy.Guardian,
    };

    private static DateOnly Day(string text, string field, DateTimeOffset now) =>
        TermText.Day(text, field) is var day && day <= WorkCalendar.DayOf(now) ? day : throw Requests.Invalid($"{field}: in the future");

    internal static V1.RefusedAdmission Shown(AdmissionRefusal known, DivisionTree tree) => new()
    {
        RefusalId = known.Id.ToString(), Version = known.Version, ChildId = known.Of!.Child?.ToString() ?? "", PupilId = known.Of.Pupil?.ToString() ?? "", SchoolNo = known.SchoolNo,
        DivisionCode = tree.Code(known.Facts!.School).ToString(), RefusedOn = TermText.Written(known.Facts.RefusedOn), Reason = (V1.RefusalReason)known.Facts.Reason,
        ToldBy = (V1.RefusalToldBy)known.ToldBy, State = (V1.AdmissionState)known.Facts.State, SettledOn = known.Facts.SettledOn is { } on ? TermText.Written(on) : "",
        Outcome = (V1.AdmissionOutcome)(known.Facts.Outcome ?? 0), AdmittedBy = known.AdmittedBy ?? "",
    };
}
