using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>What a person asked for, as far as every step has it, before anything is looked up.</summary>
/// <param name="Pupil">Whose case.</param>
/// <param name="Request">Made of the caller and its request id.</param>
/// <param name="On">The day it was done.</param>
/// <param name="Note">In the clear; empty where none was told.</param>
/// <param name="ExpectedVersion">The version the caller saw.</param>
public sealed record AskedStep(Guid Pupil, Guid Request, DateOnly On, string Note, long ExpectedVersion)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(AskedStep);
}

/// <summary>A step about to be decided, with the pupil it is about.</summary>
public sealed record AtStep(StoreWork Work, Pupil Pupil, PersonKey Key, DropoutCase Known, ToldStep Told, DateTimeOffset Now);

/// <summary>
/// How every recorded step is taken: who may, what was asked before, what the case allows, and the version the caller saw. The duty it does and the
/// one that follows are written in the same transaction; a step told late was done by the end of its day.
/// </summary>
public sealed class HandleDropout(
    EventStore store, DivisionTree tree, WorkCalendar working, ObligationBook book, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int LongestNote = 2000;

    /// <summary>Reads what every step tells.</summary>
    public AskedStep Asked(string pupil, string request, string on, string note, long expected, ServerCallContext context, int leastNote = 0)
    {
        var day = TermText.Day(on, "on");
        if (day > WorkCalendar.DayOf(clock.GetUtcNow()))
            throw Requests.Invalid("on: in the future");
        return new(Requests.Id(pupil, "pupil_id"), CallMeta.StreamOf("dropout-step", context.GetCaller().Subject, Requests.Id(request, "request_id")), day,
            Texts.Prose(note, "note", leastNote, LongestNote), expected);
    }

    /// <summary>Decides and writes; answers the case as it stands.</summary>
    public Task<V1.DropoutCase> TakeAsync(AskedStep asked, Func<AtStep, IEnumerable<IDropoutEvent>> decide, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        return store.RunAsync(async work =>
        {
            var pupil = (await work.LoadAsync<Pupil>([asked.Pupil], ct))[asked.Pupil];
            context.RequirePupil(pupil);
            var cases = await CasesAtWork.LoadAsync(work, tree, working, [pupil], ct);
            var key = (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], ct)).GetValueOrDefault(pupil.KeyId);
            if (pupil.Erased || key is null or { IsDestroyed: true })
                throw new RejectedException("the pupil's data was erased");
            var before = cases.Of(pupil.Id);
            var told = new ToldStep(asked.Request, asked.On, asked.Note.Length == 0 ? null : key.SealJson(asked.Note));
            var at = asked.On < WorkCalendar.DayOf(now) ? WorkCalendar.StartOf(asked.On.AddDays(1)).AddMilliseconds(-1).ToUniversalTime() : now;
            var decided = decide(new(work, pupil, key, before, told, at)).ToList();
            if (decided.Count > 0 && before.Version != asked.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the case is at version {before.Version}"));
            foreach (var @event in decided)
                cases.Take(pupil.Id, @event, context.Meta(at), at);
            await cases.WriteAsync(book, ct);
            return DropoutAnswer.Of(cases.Of(pupil.Id), tree, cases.DaysOf(pupil.Facts.School));
        }, ct);
    }
}

/// <summary>Who reaches a pupil: whoever reads its schooling where its school stands, and its own school.</summary>
internal static class PupilReach
{
    /// <summary>The organisation of a school's token is the roll's own number of the school. Platform default.</summary>
    public static void RequirePupil(this ServerCallContext context, Pupil pupil) =>
        context.Require(pupil.Exists ? pupil.Facts.School : null, OwnSchool(context.GetCaller(), pupil.SchoolNo));

    public static Tie OwnSchool(Caller caller, string schoolNo) =>
        caller is { Role: Role.School, Organisation: { Length: > 0 } own } && own == schoolNo ? Tie.OwnPupil : Tie.None;
}
