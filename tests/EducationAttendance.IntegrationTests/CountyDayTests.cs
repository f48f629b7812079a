using System.Diagnostics;
using System.Globalization;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using Npgsql;
using static LeftBehind.EducationAttendance.IntegrationTests.Running.SchoolFeed;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>A whole county's day: 100,000 pupils in 2,500 classes, 8 % of them absent, in one stream.</summary>
public sealed class CountyDayTests(EducationServers servers)
{
    private const int Classes = 2500, PupilsAClass = 40, Batch = 1000;
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 9, 16, 0, 0, TimeSpan.FromHours(8)));

    [Fact]
    public async Task The_day_of_a_county_goes_through_in_one_stream_and_tells_only_what_changes()
    {
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        await FillAsync(education);
        Assert.Equal(0, await AbsentAsync(education));

        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(Classes, await PushDayAsync(feed, education, "2026-05-08", offset: 0));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"100,000 pupils, 8 % absent: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s from the first row pushed until every pupil's attendance was told.");
        Assert.Equal(8000, await AbsentAsync(education));
        Assert.Equal(100_000, await ToldAsync(education));
        Assert.Equal(Classes, await PushDayAsync(feed, education, "2026-05-09", offset: 20));
        Assert.Equal(8000, await AbsentAsync(education));
        Assert.Equal(116_000, await ToldAsync(education));
    }

    /// <summary>What a day costs does not grow with the days before it: the statements of a push are counted, its time is written down.</summary>
    [Fact]
    public async Task A_day_at_the_end_of_a_term_costs_what_one_cost_at_its_beginning()
    {
        const int classes = 200, tenths = 10;
        clock.SetUtcNow(new DateTimeOffset(2026, 7, 3, 20, 0, 0, TimeSpan.FromHours(8)));
        await using var education = await servers.StartAsync(clock);
        var feed = new SchoolFeed(education, clock);
        await feed.TellAsync(Spring());
        await FillAsync(education);
        var calendar = WorkCalendar.Load(ShippedData.Workdays);
        var days = Enumerable.Range(0, 124).Select(d => new DateOnly(2026, 3, 2).AddDays(d)).Where(calendar.IsWorkingDay).ToList();
        var costs = new List<(int Statements, TimeSpan Time)>();
        foreach (var (n, day) in days.Index())
        {
            using var counted = new CountedStatements();
            var began = TimeProvider.System.GetTimestamp();
            Assert.Equal(classes, await PushDayAsync(feed, education, $"{day:yyyy-MM-dd}", offset: n * 3 % 36, classes));
            costs.Add((counted.Number, TimeProvider.System.GetElapsedTime(began)));
        }
        var (first, last) = (costs.Skip(1).Take(days.Count / tenths).ToList(), costs.TakeLast(days.Count / tenths).ToList());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{days.Count} school days of {classes} classes: {first.Average(c => c.Statements):F1} statements and {first.Average(c => c.Time.TotalMilliseconds):F0} ms a day in the first tenth, "
            + $"{last.Average(c => c.Statements):F1} and {last.Average(c => c.Time.TotalMilliseconds):F0} ms in the last.");
        Assert.InRange(first.Average(c => c.Statements), 1, 1000);
        Assert.InRange(last.Average(c => c.Statements), 1, 1.15 * first.Average(c => c.Statements));
    }

    /// <summary>Statements of whatever is called meanwhile by this test, in the service too: its trace goes with its calls.</summary>
    private sealed class CountedStatements : IDisposable
    {
        private readonly ActivitySource source = new($"counting-{Guid.NewGuid():N}");
        private readonly ActivityListener listener;
        private readonly Activity counted;
        private int number;

        public CountedStatements()
        {
            ActivityTraceId trace = default;
            listener = new()
            {
                ShouldListenTo = s => s.Name is "Npgsql" or "Microsoft.AspNetCore" or "System.Net.Http" || s.Name == source.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = a =>
                {
                    if (a.Source.Name == "Npgsql" && a.TraceId == trace)
                        Interlocked.Increment(ref number);
                },
            };
            ActivitySource.AddActivityListener(listener);
            counted = source.StartActivity("push")!;
            trace = counted.TraceId;
        }

        public int Number => Volatile.Read(ref number);

        public void Dispose()
        {
            counted.Dispose();
            listener.Dispose();
            source.Dispose();
        }
    }

    /// <summary>The exceptions of a day: every class has its roll, the absent are 8 % of the pupils.</summary>
    private static async Task<int> PushDayAsync(SchoolFeed feed, RunningEducation education, string date, int offset, int classes = Classes)
    {
        var rows = Enumerable.Range(0, classes).Select(c => feed.Row(date, r =>
        {
            r.ClassNo = c.ToString(CultureInfo.InvariantCulture);
            r.RollCall = new() { Exceptions = { Enumerable.Range(offset, c % 5 == 0 ? 4 : 3).Select(p => Absent(StudentNoOf(c, p))) } };
        })).ToList();
        using var push = education.Attendance.PushAttendance(feed.AsPartner);
        var answers = await PushAsync(push, [.. rows.Chunk(Batch).Select(chunk => new AttendanceBatch { BatchId = "b", Rows = { chunk } })]);
        return answers.Sum(a => a.Rows.Count(r => r.Verdict is Verdict.Applied));
    }

    private static string StudentNoOf(int c, int pupil) => $"L{c:D5}{pupil:D3}";

    /// <summary>As a roll pushed before would leave the tables.</summary>
    private static async Task FillAsync(RunningEducation education)
    {
        var keys = education.Service<RollKeys>();
        await using var connection = await education.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var classes = Enumerable.Range(0, Classes).Select(c => (Id: keys.Class(Source, "S1", c.ToString(CultureInfo.InvariantCulture)), No: c)).ToArray();
        var village = Places.Tree.Resolve(Contracts.DivisionCode.Parse(Village), Places.Tree.Edition)!.Value;
        var county = Places.Tree.Resolve(Contracts.DivisionCode.Parse(Places.County), Places.Tree.Edition)!.Value;
        await using (var command = new NpgsqlCommand("""
            insert into education.roll_class (id, source, school_no, class_no, village, county, since) select id, $3, 'S1', no::text, $4, $5, '2026-03-02' from unnest($1, $2) as c(id, no)
            """, connection))
        {
            command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = Array.ConvertAll(classes, c => c.Id) }, new() { Value = Array.ConvertAll(classes, c => c.No) }, new() { Value = Source }, new() { Value = village.Value }, new() { Value = county.Value }]);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var pupils = (from c in classes from p in Enumerable.Range(0, PupilsAClass) select (Class: c.Id, Pupil: keys.Pupil(Source, StudentNo.TryRead(StudentNoOf(c.No, p), out var no) ? no : default))).ToArray();
        await using (var command = new NpgsqlCommand("insert into education.class_pupil (pupil, class, enrolled) select *, true from unnest($1, $2)", connection))
        {
            command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = Array.ConvertAll(pupils, p => p.Pupil) }, new() { Value = Array.ConvertAll(pupils, p => p.Class) }]);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<int> AbsentAsync(RunningEducation education) =>
        int.Parse((await education.ColumnAsync("select count(*)::text from education.class_pupil where state = 1"))[0], CultureInfo.InvariantCulture);

    /// <summary>Changes of pupils that were told.</summary>
    private static async Task<int> ToldAsync(RunningEducation education) => int.Parse((await education.ColumnAsync(
        "select coalesce(sum(jsonb_array_length(data->'pupils')), 0)::text from education.mt_events where type = 'pupils_attended'"))[0], CultureInfo.InvariantCulture);
}
