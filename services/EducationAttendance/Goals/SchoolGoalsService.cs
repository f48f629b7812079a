using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Goals;

/// <summary>The goals of education school by school, page by page by (village, school). Nobody is named in it.</summary>
public sealed class SchoolGoalsService(EventStore store, DivisionTree tree, TimeProvider clock) : V1.SchoolGoals.SchoolGoalsBase
{
    /// <summary>Of a hundred pupils of compulsory school so many are in school. Platform default.</summary>
    public const int EnrolmentGoal = 98;

    private const int LongestNumber = 64;

    /// <summary>Whether the goals are met. A school without pupils of compulsory school meets that of enrolment.</summary>
    public static (bool File, bool Enrolment) Met(long pupils, long onFile, long compulsory, long inSchool) => (onFile >= pupils, 100 * inSchool >= EnrolmentGoal * compulsory);

    public override async Task<V1.SchoolGoalPage> ListSchoolGoals(V1.ListSchoolGoalsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        var (size, after) = (RowPlace.PageSize(request.PageSize), RowPlace.After(request.PageToken));
        var page = await PageAsync(tree.ValuesWithin(division!.Value), schoolNo, after, size + 1, context.CancellationToken);
        return new()
        {
            Schools = { page.Take(size).Select(s => s.Goal) },
            NextPageToken = page.Count > size ? page[size - 1].Place.ToString() : "",
        };
    }

    private async Task<List<(RowPlace Place, V1.SchoolGoal Goal)>> PageAsync(long[] villages, string schoolNo, RowPlace after, int size, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select village, school, min(school_no), count(*), count(*) filter (where on_file),
                count(*) filter (where enrolment in ({(short)CompulsoryEnrolment.InSchool}, {(short)CompulsoryEnrolment.NotInSchool})),
                count(*) filter (where enrolment = {(short)CompulsoryEnrolment.InSchool})
            from {store.Schema}.school_pupil
            where on_roll and village = any($1) and ($2 is null or school_no = $2) and (village, school) > ($3, $4) group by village, school order by village, school limit $5
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = villages }, new() { Value = schoolNo.Length == 0 ? DBNull.Value : schoolNo, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = after.Key }, new() { Value = after.Id }, new() { Value = size },
        ]);
        var page = new List<(RowPlace, V1.SchoolGoal)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (pupils, onFile, compulsory, inSchool) = (reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6));
            var met = Met(pupils, onFile, compulsory, inSchool);
            page.Add((new(reader.GetInt64(0), reader.GetGuid(1)), new()
            {
                DivisionCode = tree.Code(new DivisionId(reader.GetInt64(0))).ToString(), SchoolNo = reader.GetString(2), Pupils = pupils, OnFile = onFile, Compulsory = compulsory,
                InSchool = inSchool, FileGoalMet = met.File, EnrolmentGoalMet = met.Enrolment,
            }));
        }
        return page;
    }
}
