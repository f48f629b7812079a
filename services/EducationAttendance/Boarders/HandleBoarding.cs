using Google.Protobuf.Collections;
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
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>How sheets of boarders are told: who may, of which pupils, what was asked before, and the version the caller saw.</summary>
public sealed class HandleBoarding(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 64, MostEntries = 500, MostPresent = 2000, MostDaysAgo = 30;

    public Task<V1.BoardingSheet> NightRollAsync(V1.RecordNightRollRequest request, ServerCallContext context)
    {
        if (request.Present is < 0 or > MostPresent)
            throw Requests.Invalid($"present: 0 to {MostPresent}");
        var of = Place(BoardingSheetKind.NightRoll, request.DivisionCode, request.SchoolNo, request.Dormitory, request.Date);
        return TellAsync(of, request.RequestId, Marks(request.Absent, BoardingSheetKind.NightRoll, "absent", least: 0), request.Present, request.ExpectedVersion, "absent", context);
    }

    public Task<V1.BoardingSheet> HandOverAsync(V1.RecordHandOverRequest request, ServerCallContext context)
    {
        var of = Place(BoardingSheetKind.HandOver, request.DivisionCode, request.SchoolNo, request.Dormitory, request.Date);
        return TellAsync(of, request.RequestId, Marks(request.Pupils, BoardingSheetKind.HandOver, "pupils", least: 1), 0, request.ExpectedVersion, "pupils", context);
    }

    private Task<V1.BoardingSheet> TellAsync(
        BoardingPlace of, string requestId, Dictionary<Guid, BoardingMark> marks, int present, long expected, string field, ServerCallContext context)
    {
        var (now, ct, caller) = (clock.GetUtcNow(), context.CancellationToken, context.GetCaller());
        var asked = CallMeta.StreamOf("boarding", caller.Subject, Requests.Id(requestId, "request_id"));
        context.Require(of.School, PupilReach.OwnSchool(caller, of.SchoolNo));
        return store.RunAsync(async work =>
        {
            var pupils = await work.LoadAsync<Pupil>(marks.Keys, ct);
            if (pupils.Values.Any(p => p.Erased || !p.Exists || p.SchoolNo != of.SchoolNo || p.Facts.School != of.School))
                throw Requests.Invalid($"{field}.pupil_id: not a pupil of this school");
            var id = BoardingSheet.IdOf(of);
            var known = (await work.LoadAsync<BoardingSheet>([id], ct))[id];
            var decided = known.Tell(of, asked, [.. marks.Select(m => new BoardingEntry(m.Key, pupils[m.Key].Facts.ChildId, m.Value))], present, WorkCalendar.DayOf(now), now.ToUniversalTime()).ToList();
            if (decided.Count > 0 && known.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the sheet was told {known.Version} times"));
            foreach (var @event in decided)
            {
                work.Append(id, @event, context.Meta(now));
                known = known.After(@event);
                BoardingTable.Write(work, known, tree.Path(of.School).First(d => tree.Level(d) is DivisionLevel.County));
            }
            return ReadBoarding.Shown(known, tree, entries: true);
        }, ct);
    }

    private BoardingPlace Place(BoardingSheetKind kind, string division, string schoolNo, string dormitory, string date)
    {
        var (now, day) = (clock.GetUtcNow(), TermText.Day(date, "date"));
        var today = WorkCalendar.DayOf(now);
        if (day > today || day < today.AddDays(-MostDaysAgo))
            throw Requests.Invalid($"date: in the future, or more than {MostDaysAgo} days ago");
        return new(kind, Requests.Place(tree, division, now, DivisionLevel.Village), Texts.Readable(schoolNo, "school_no", 1, LongestNumber), Texts.Readable(dormitory, "dormitory", 1, LongestNumber), day);
    }

    private static Dictionary<Guid, BoardingMark> Marks(RepeatedField<V1.BoardingEntry> told, BoardingSheetKind kind, string field, int least)
    {
        if (told.Count < least || told.Count > MostEntries)
            throw Requests.Invalid($"{field}: {least} to {MostEntries}");
        var marks = new Dictionary<Guid, BoardingMark>();
        foreach (var entry in told)
        {
            var mark = Requests.Word<BoardingMark>(entry.Mark, $"{field}.mark");
            if (BoardingSheet.Marks[mark].Kind != kind)
                throw Requests.Invalid($"{field}.mark: not of this kind of sheet");
            if (!marks.TryAdd(Requests.Id(entry.PupilId, $"{field}.pupil_id"), mark))
                throw Requests.Invalid($"{field}.pupil_id: named twice");
        }
        return marks;
    }
}
