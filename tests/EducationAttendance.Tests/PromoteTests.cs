using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Promotions;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Promotion at the turn of a school year: once a year, the last grade graduates.</summary>
public class PromoteTests
{
    private static readonly SchoolTurn Turn = new(2026);
    private static readonly Guid Class = Guid.NewGuid();

    [Theory]
    [InlineData(Stage.Primary, 1, 2)]
    [InlineData(Stage.Primary, 5, 6)]
    [InlineData(Stage.JuniorMiddle, 8, 9)]
    [InlineData(Stage.SeniorHigh, 10, 11)]
    [InlineData(Stage.Kindergarten, 1, 2)]
    public void A_pupil_goes_up_one_grade(Stage stage, int grade, int then)
    {
        var (became, pupil) = Decide(In(stage, grade));
        Assert.Equal((Turned.Promoted, then, new DateOnly(2026, 9, 1), 2026), (became, pupil.Class!.Grade, pupil.Class.Since, pupil.PromotedIn));
        Assert.Equal((EnrolmentState.Enrolled, stage), (pupil.Facts.State, pupil.Facts.Stage));
    }

    [Theory]
    [InlineData(Stage.Primary, 6)]
    [InlineData(Stage.JuniorMiddle, 9)]
    [InlineData(Stage.SeniorHigh, 12)]
    [InlineData(Stage.Vocational, 12)]
    [InlineData(Stage.Kindergarten, 3)]
    public void The_last_grade_of_a_stage_graduates(Stage stage, int grade)
    {
        var (became, pupil) = Decide(In(stage, grade));
        Assert.Equal((Turned.Graduated, EnrolmentState.Graduated, new DateOnly(2026, 9, 1)), (became, pupil.Facts.State, pupil.Facts.Since));
    }

    [Fact]
    public void Twice_in_a_year_is_once_and_the_next_year_goes_on()
    {
        var once = Decide(In(Stage.Primary, 3)).Pupil;
        Assert.Equal((Turned.Already, once), Decide(once));
        Assert.Equal((Turned.Already, once), Decide(once, new(2025)));
        var (became, twice) = Decide(once, new(2027));
        Assert.Equal((Turned.Promoted, 5), (became, twice.Class!.Grade));
    }

    [Fact]
    public void Who_began_in_the_year_or_was_told_to_be_in_the_grade_since_then_stays()
    {
        Assert.Equal(Turned.Already, Decide(In(Stage.Primary, 1, since: new(2026, 9, 1))).As);
        Assert.Equal(Turned.Already, Decide(In(Stage.Primary, 4, classSince: new(2026, 9, 1))).As);
        Assert.Equal(Turned.Promoted, Decide(In(Stage.Primary, 4, classSince: new(2026, 8, 31))).As);
    }

    [Fact]
    public void Only_who_is_enrolled_or_taught_at_home_goes_up() =>
        Assert.All(Enum.GetValues<EnrolmentState>(), state => Assert.Equal(
            state is EnrolmentState.Enrolled or EnrolmentState.HomeTaught ? Turned.Promoted : Turned.Stayed, Decide(In(Stage.Primary, 3, state: state)).As));

    [Theory]
    [InlineData(Stage.NotCollected, 3)]
    [InlineData(Stage.Primary, null)]
    [InlineData(Stage.Primary, 7)]
    [InlineData(Stage.JuniorMiddle, 6)]
    [InlineData(Stage.SeniorHigh, 3)]
    public void Without_a_grade_of_its_stage_nothing_follows(Stage stage, int? grade) => Assert.Equal(Turned.Unknown, Decide(In(stage, grade)).As);

    [Fact]
    public void A_school_year_turns_on_1_September()
    {
        Assert.Equal(2025, SchoolTurn.Of(new(2026, 8, 31)).Year);
        Assert.Equal(2026, SchoolTurn.Of(new(2026, 9, 1)).Year);
    }

    [Fact]
    public void A_class_told_again_counts_from_the_day_it_was_told_first()
    {
        var first = new ClassPlace(Class, "3-1", 3, new(2025, 9, 1));
        Assert.Same(first, (first with { Since = new(2026, 3, 1) }).After(first));
        Assert.Same(first, (first with { Grade = null, Since = new(2026, 3, 1) }).After(first));
        var next = first with { Grade = 4, Since = new(2026, 9, 1) };
        Assert.Same(next, next.After(first));
    }

    private static Pupil In(Stage stage, int? grade, EnrolmentState state = EnrolmentState.Enrolled, DateOnly? since = null, DateOnly? classSince = null) =>
        Sample.Pupil(new PupilEnrolled("S1", Sample.Identity(), Sample.Facts with { Stage = stage, State = state, Since = since ?? new(2024, 9, 1) },
            new(Class, "3-1", grade, classSince ?? new(2025, 9, 1))));

    private static (Turned As, Pupil Pupil) Decide(Pupil pupil, SchoolTurn? turn = null)
    {
        var (became, @event) = Promote.Decide(pupil, turn ?? Turn, new(Class, "3-1", null));
        return (became, @event is null ? pupil : pupil.After(@event));
    }
}
