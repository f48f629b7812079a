using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Goals;
using LeftBehind.EducationAttendance.LawLessons;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Law lessons of a school in a term, and the goals of a school.</summary>
public class LawTermTests
{
    private static readonly DateOnly On = new(2026, 4, 20), Until = new(2026, 7, 3);
    private static readonly LawTermPlace Place = new(Sample.Id(Sample.Here), "S1", "2025-2026-2");
    private static readonly LawTerm Never = LawTerm.New(LawTerm.IdOf(Place)), Begun = After(Never, Never.Begin(Place, Until));

    [Fact]
    public void A_term_begins_once_and_each_lesson_counts()
    {
        Assert.Empty(Begun.Begin(Place, Until.AddDays(7)));
        var once = After(Begun, Give(Begun, Guid.NewGuid()));
        var twice = After(once, Give(once, Guid.NewGuid()));
        Assert.Equal(new(Place.School, Until, 0), Begun.Facts);
        Assert.Equal((1, 2, 2), (once.Facts!.Lessons, twice.Facts!.Lessons, twice.Lessons.Count));
    }

    [Fact]
    public void A_request_taken_before_gives_no_lesson_anew_and_no_other()
    {
        var request = Guid.NewGuid();
        var taught = After(Begun, Give(Begun, request));
        Assert.Empty(Give(taught, request));
        Assert.Throws<RejectedException>(() => taught.Give(request, On, "3-2", LawTopic.Rights, 40).ToList());
    }

    [Fact]
    public void Schools_and_terms_are_told_apart() => Assert.Equal(4,
        new[] { Place, Place with { School = Sample.Id(Sample.Elsewhere) }, Place with { SchoolNo = "S12" }, Place with { Term = "2026-2027-1" } }.Select(LawTerm.IdOf).Distinct().Count());

    [Fact]
    public void One_lesson_is_owed_to_the_end_of_the_last_day_of_the_term()
    {
        var (from, working) = (WorkCalendar.StartOf(On), SchoolDaysTests.Working);
        var duty = LawDuties.Opening(Begun, from, new(from, On));
        Assert.Equal(WorkCalendar.StartOf(Until.AddDays(1)), duty.Terms.DueAt(from, working));
        Assert.Equal((OwnerDepartment.Education, ObligationBasis.PlatformDefault, Place.School), (duty.Department, duty.Terms.Basis, duty.Division));
        var late = WorkCalendar.StartOf(Until.AddDays(9));
        Assert.True(LawDuties.Opening(Begun, late, new(late, On)).Terms.DueAt(late, working) > late);
    }

    [Fact]
    public void Every_event_is_told_of_the_term()
    {
        ILawTermEvent[] all = [.. Never.Begin(Place, Until), .. Give(Begun, Guid.NewGuid())];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(ILawTermEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).OrderBy(t => t.Name));
        var told = all.Select(e => Assert.IsType<LawTermRecorded>(Assert.Single(new EducationRelay().Translate(new(1, Guid.Empty, Never.Id, 1, e, new(DateTimeOffset.UnixEpoch, On)))).Fact)).ToList();
        Assert.Equal(Enum.GetValues<LawTermChange>(), told.Select(t => t.Change));
        Assert.Equal(all.Select(e => e.After), told.Select(t => t.After));
    }

    [Theory]
    [InlineData(50, 50, 50, 49, true, true)]
    [InlineData(50, 49, 50, 48, false, false)]
    [InlineData(100, 100, 100, 98, true, true)]
    [InlineData(100, 100, 100, 97, true, false)]
    [InlineData(20, 20, 0, 0, true, true)]
    public void A_school_meets_its_goals_with_every_pupil_on_file_and_98_of_100_in_school(long pupils, long onFile, long compulsory, long inSchool, bool file, bool enrolment) =>
        Assert.Equal((file, enrolment), SchoolGoalsService.Met(pupils, onFile, compulsory, inSchool));

    [Theory]
    [InlineData(Stage.Primary, EnrolmentState.Enrolled, CompulsoryEnrolment.InSchool)]
    [InlineData(Stage.Primary, EnrolmentState.OnLeave, CompulsoryEnrolment.InSchool)]
    [InlineData(Stage.JuniorMiddle, EnrolmentState.HomeTaught, CompulsoryEnrolment.InSchool)]
    [InlineData(Stage.JuniorMiddle, EnrolmentState.RollGap, CompulsoryEnrolment.InSchool)]
    [InlineData(Stage.JuniorMiddle, EnrolmentState.DroppedOut, CompulsoryEnrolment.NotInSchool)]
    [InlineData(Stage.Primary, EnrolmentState.Deferred, CompulsoryEnrolment.NotInSchool)]
    [InlineData(Stage.SeniorHigh, EnrolmentState.DroppedOut, CompulsoryEnrolment.NotCompulsory)]
    [InlineData(Stage.Kindergarten, EnrolmentState.Enrolled, CompulsoryEnrolment.NotCompulsory)]
    [InlineData(Stage.NotCollected, EnrolmentState.DroppedOut, CompulsoryEnrolment.NotCollected)]
    public void To_the_goal_of_enrolment_pupils_of_compulsory_school_count(Stage stage, EnrolmentState state, CompulsoryEnrolment counts)
    {
        Assert.Equal(counts, (Sample.Facts with { Stage = stage, State = state }).Enrolment());
        // 辍学登记 by the school goes before the roll.
        if (state is EnrolmentState.Enrolled && counts is CompulsoryEnrolment.InSchool)
            Assert.Equal(CompulsoryEnrolment.NotInSchool, (Sample.Facts with { Stage = stage, State = state, Register = new(true, On) }).Enrolment());
    }

    private static IEnumerable<ILawTermEvent> Give(LawTerm term, Guid request) => term.Give(request, On, null, LawTopic.Rights, 40);

    private static LawTerm After(LawTerm term, IEnumerable<ILawTermEvent> events) => events.Aggregate(term, (t, e) => t.After(e));
}
