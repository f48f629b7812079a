using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EventLog;
using LeftBehind.Protos.Education.V1;
using Npgsql;
using TermCalendar = LeftBehind.EducationAttendance.Calendars.TermCalendar;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>The classes of which no roll was called on a school day (今日未点名), page by page by (village, class). Nobody is named in it.</summary>
public sealed class ListMissingRolls(EventStore store, DivisionTree tree, WorkCalendar working, TimeProvider clock)
{
    private const int MostAPage = 500, UnaskedAPage = 100, LongestNumber = 64;

    public async Task<MissingRolls> AnswerAsync(ListMissingRollsRequest request, ServerCallContext context)
    {
        var now = clock.GetUtcNow();
        var division = Requests.Division(tree, request.DivisionCode, now);
        context.Require(division);
        var today = WorkCalendar.DayOf(now);
        var date = request.Date.Length == 0 ? today : TermText.Day(request.Date, "date");
        if (date > today)
            throw Requests.Invalid("date: in the future");
        if (request.SchoolNo.Length > LongestNumber || request.SchoolNo.Any(char.IsControl))
            throw Requests.Invalid($"school_no: at most {LongestNumber} characters");
        var (size, after) = (RowPlace.PageSize(request.PageSize, MostAPage, UnaskedAPage), RowPlace.After(request.PageToken));
        var counties = await CountiesAsync(division!.Value, date, context.CancellationToken);
        return counties.Length == 0 ? new() : await PageAsync(division.Value, counties, date, request.SchoolNo, after, size, today, context.CancellationToken);
    }

    /// <summary>The counties, of the division or around it, that have school on the day.</summary>
    private async Task<long[]> CountiesAsync(DivisionId division, DateOnly date, CancellationToken ct)
    {
        var counties = division.Level <= DivisionLevel.County ? tree.Within(division).Where(d => d.Level is DivisionLevel.County) : [tree.Path(division).First(d => tree.Level(d) is DivisionLevel.County)];
        var ofId = counties.ToDictionary(TermCalendar.IdOf);
        var calendars = await store.ReadAsync<TermCalendar>(ofId.Keys, ct);
        return [.. calendars.Where(c => c.Value.Days(working).Is(date)).Select(c => ofId[c.Key].Value)];
    }

    private async Task<MissingRolls> PageAsync(
        DivisionId division, long[] counties, DateOnly date, string schoolNo, RowPlace after, int size, DateOnly today, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select c.id, c.school_no, c.class_no, c.village, c.county from {store.Schema}.roll_class c
            where c.county = any($1) and ($2::bigint[] is null or c.village = any($2)) and ($3 = '' or c.school_no = $3) and c.since <= $4 and (c.village, c.id) > ($5, $6)
                and exists (select from {store.Schema}.class_pupil p where p.class = c.id and p.enrolled)
                and not exists (select from {store.Schema}.class_day d where d.class = c.id and d.date = $4 and d.roll <> 2)
            order by c.village, c.id limit $7
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = counties },
            new() { Value = division.Level <= DivisionLevel.County ? DBNull.Value : tree.ValuesWithin(division), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bigint },
            new() { Value = schoolNo }, new() { Value = date }, new() { Value = after.Key }, new() { Value = after.Id }, new() { Value = size + 1 },
        ]);
        var (answer, last) = (new MissingRolls(), after);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (answer.Rolls.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            var of = ClassTable.Read(reader);
            last = new(of.Village.Value, of.Id);
            answer.Rolls.Add(new MissingRoll
            {
                ClassId = of.Id.ToString(), SchoolNo = of.SchoolNo, ClassNo = of.No, DivisionCode = tree.Code(of.Village).ToString(), Date = TermText.Written(date),
                ClassDayId = date < today ? of.DayId(date).ToString() : "",
            });
        }
        return answer;
    }
}
