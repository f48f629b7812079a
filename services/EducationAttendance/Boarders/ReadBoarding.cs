using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>Sheets of boarders, page by page, and one with whom it names.</summary>
public sealed class ReadBoarding(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 64;

    public async Task<V1.BoardingSheet> GetAsync(V1.GetBoardingSheetRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.SheetId, "sheet_id");
        var known = (await store.ReadAsync<BoardingSheet>([id], context.CancellationToken))[id];
        context.Require(known.Of?.School, PupilReach.OwnSchool(context.GetCaller(), known.Of?.SchoolNo ?? ""));
        return Shown(known, tree, entries: true);
    }

    public async Task<V1.BoardingSheetPage> ListAsync(V1.ListBoardingSheetsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        var kind = request.Kind is V1.BoardingSheetKind.Unspecified ? (BoardingSheetKind?)null : Requests.Word<BoardingSheetKind>(request.Kind, "kind");
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var page = await BoardingTable.PageAsync(
            store, tree.ValuesWithin(division!.Value), schoolNo.Length == 0 ? null : schoolNo, kind, request.FindingsOnly, after, size + 1, ct);
        var known = await store.ReadAsync<BoardingSheet>(page.Take(size).Select(p => p.Id), ct);
        return new()
        {
            Sheets = { page.Take(size).Select(p => Shown(known[p.Id], tree, entries: false)) },
            NextPageToken = page.Count > size ? page[size - 1].ToString() : "",
        };
    }

    internal static V1.BoardingSheet Shown(BoardingSheet known, DivisionTree tree, bool entries) => new()
    {
        SheetId = known.Id.ToString(), Version = known.Version, Kind = (V1.BoardingSheetKind)known.Of!.Kind, DivisionCode = tree.Code(known.Of.School).ToString(), SchoolNo = known.Of.SchoolNo,
        Dormitory = known.Of.Dormitory, Date = TermText.Written(known.Of.Date), Present = known.Facts!.Present, Excused = known.Facts.Excused, Findings = known.Facts.Findings,
        Roll = known.Facts.Roll switch
        {
            RollState.Taken => V1.BoardingRoll.Taken,
            RollState.TakenLate => V1.BoardingRoll.TakenLate,
            _ => V1.BoardingRoll.Missing,
        },
        Entries = { entries ? known.Entries.Select(e => new V1.BoardingEntry { PupilId = e.Pupil.ToString(), Mark = (V1.BoardingMark)e.Mark }) : [] },
    };
}

/// <summary>The rpcs of boarding; each line hands over to the feature it belongs to.</summary>
public sealed class BoardersService(HandleBoarding handle, ReadBoarding read) : V1.Boarders.BoardersBase
{
    public override Task<V1.BoardingSheet> RecordNightRoll(V1.RecordNightRollRequest request, ServerCallContext context) => handle.NightRollAsync(request, context);

    public override Task<V1.BoardingSheet> RecordHandOver(V1.RecordHandOverRequest request, ServerCallContext context) => handle.HandOverAsync(request, context);

    public override Task<V1.BoardingSheetPage> ListBoardingSheets(V1.ListBoardingSheetsRequest request, ServerCallContext context) => read.ListAsync(request, context);

    public override Task<V1.BoardingSheet> GetBoardingSheet(V1.GetBoardingSheetRequest request, ServerCallContext context) => read.GetAsync(request, context);
}
