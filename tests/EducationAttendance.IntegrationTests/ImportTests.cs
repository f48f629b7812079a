using System.Globalization;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>The attendance sample of the Ed-Fi Data Standard: 1,917 events of 227 pupils.</summary>
public sealed class ImportTests(EducationServers servers)
{
    private const string Source = "edfi-sample";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 9, 9, 0, 0, TimeSpan.FromHours(8)));

    /// <summary>date,studentId,schoolId,category,reason,duration,session</summary>
    private static readonly string[][] Events = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Samples", "edfi-attendance.csv")).Skip(1).Select(line => line.Split(','))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_sample_in_any_order_and_twice_gives_the_same_91_pupils_and_the_sums_of_an_independent_count(int seed)
    {
        Assert.Equal((1917, 227), (Events.Length, Events.Select(e => e[1]).Distinct().Count()));
        await using var education = await servers.StartAsync(clock);
        var rows = Events.Select(Row).ToArray();
        new Random(seed).Shuffle(rows);
        var first = await PushAsync(education, rows);
        Assert.All(first, v => Assert.Equal((Verdict.Applied, false), (v.Verdict, v.Repeated)));
        new Random(seed + 10).Shuffle(rows);
        Assert.All(await PushAsync(education, rows), v => Assert.True(v.Repeated));

        var summed = await SumAsync(education, 0);
        var truants = await SumAsync(education, 3);
        Assert.Equal((227, 91), (summed.Count, truants.Count));
        var keys = education.Service<RollKeys>();
        Guid Id(string student) => keys.Pupil(Source, StudentNo.TryRead(student, out var no) ? no : default);
        var counted = Events.GroupBy(e => e[1]).ToDictionary(g => Id(g.Key), g => (
            Unexcused: g.Count(e => e[3] == "Unexcused Absence"), Missed: g.Sum(e => e[5].Length == 0 ? 0m : decimal.Parse(e[5], CultureInfo.InvariantCulture))));
        foreach (var pupil in summed)
            Assert.Equal(counted[Guid.Parse(pupil.PupilId)], (pupil.Unexcused, decimal.Parse(pupil.Missed, CultureInfo.InvariantCulture)));
        Assert.Equal(counted.Where(c => c.Value.Unexcused >= 3).Select(c => c.Key).Order(), truants.Select(t => Guid.Parse(t.PupilId)).Order());
        // One roll is implied for each school, session and day; nothing of it meets the county's calendar or leaves the house.
        var days = Events.Select(e => (e[0], e[2], e[6])).Distinct().Count();
        Assert.Equal([days.ToString(CultureInfo.InvariantCulture)], await education.ColumnAsync("select count(*)::text from education.mt_events where type = 'imported_roll_implied'"));
        Assert.Empty(await education.ColumnAsync("select id::text from education.class_day"));
    }

    [Fact]
    public async Task A_wrong_event_is_refused_by_its_field_and_a_later_one_corrects()
    {
        await using var education = await servers.StartAsync(clock);
        var wrong = new Dictionary<string, Action<EdFiAttendanceEvent>>
        {
            ["attendance_event.student_unique_id"] = e => e.StudentUniqueId = "", ["attendance_event.school_id"] = e => e.SchoolId = "", ["attendance_event.session_name"] = e => e.SessionName = "",
            ["attendance_event.event_date"] = e => e.EventDate = "2026-12-01", ["attendance_event.category"] = e => e.Category = "Truant", ["attendance_event.duration"] = e => e.Duration = "1.5",
        };
        var rows = wrong.Select((w, i) => { var row = Row(Events[0], 100 + i); w.Value(row.AttendanceEvent); return row; }).ToArray();
        Assert.Equal(wrong.Keys.Select(k => (Verdict.Rejected, k)), (await PushAsync(education, rows)).Select(v => (v.Verdict, v.Field)));

        EdFiRow Told(int id, string duration) { var row = Row(Events[0], id); row.AttendanceEvent.Duration = duration; return row; }
        Assert.Equal([Verdict.Applied, Verdict.Applied, Verdict.Superseded, Verdict.Unchanged],
            (await PushAsync(education, Told(2, "1"))).Concat(await PushAsync(education, Told(5, "0.5"))).Concat(await PushAsync(education, Told(3, "0.25"))).Concat(await PushAsync(education, Told(6, "0.5"))).Select(v => v.Verdict));
        Assert.Equal("0.5", Assert.Single(await SumAsync(education, 0)).Missed);
    }

    private static EdFiRow Row(string[] e, int index) => new()
    {
        SourceEventId = $"e{index}", SourceSequence = index + 1, OccurredAt = "2026-05-09T08:00:00+08:00",
        AttendanceEvent = new() { EventDate = e[0], StudentUniqueId = e[1], SchoolId = e[2], Category = e[3], Duration = e[5], SessionName = e[6] },
    };

    private static async Task<List<RowVerdict>> PushAsync(RunningEducation education, params EdFiRow[] rows)
    {
        using var push = education.Imports.PushEdFiAttendance(education.As(Source, Places.County));
        foreach (var chunk in rows.Chunk(500))
            await push.RequestStream.WriteAsync(new() { BatchId = "b", Rows = { chunk } }, TestContext.Current.CancellationToken);
        await push.RequestStream.CompleteAsync();
        var verdicts = new List<RowVerdict>();
        while (await push.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            verdicts.AddRange(push.ResponseStream.Current.Rows);
        return verdicts;
    }

    private static async Task<List<ImportedPupil>> SumAsync(RunningEducation education, int atLeast)
    {
        var (pupils, token) = (new List<ImportedPupil>(), "");
        do
        {
            var page = await education.Imports.SumImportedAttendanceAsync(
                new() { Source = Source, UnexcusedAtLeast = atLeast, PageSize = 50, PageToken = token }, education.As(Source, Places.County));
            pupils.AddRange(page.Pupils);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return pupils;
    }
}
