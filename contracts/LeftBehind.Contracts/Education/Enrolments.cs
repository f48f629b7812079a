namespace LeftBehind.Contracts.Education;

/// <summary>
/// Questions about an enrolment that several services ask. Dropping out (辍学) is leaving compulsory school, primary and junior middle (义务教育法 §2); whoever is
/// of 14 or 15 and out of it, or leaves a stage before or beyond it, is not in school (不在学) or not in kindergarten (未入园), never a dropout.
/// </summary>
public static class Enrolments
{
    private const int SchoolFrom = 6, NotInSchoolFrom = 14;

    /// <summary>The state the pupil counts in: of a pupil whom the roll has enrolled or dropped out, its school's register of dropouts (辍学登记、销号) goes before the roll.</summary>
    public static EnrolmentState Counted(this PupilFacts pupil) => (pupil.State, pupil.Register) switch
    {
        (EnrolmentState.Enrolled, { DroppedOut: true }) => EnrolmentState.DroppedOut,
        (EnrolmentState.DroppedOut, { DroppedOut: false }) => EnrolmentState.Enrolled,
        _ => pupil.State,
    };

    /// <summary>The day from which that state counts; null where it is not known.</summary>
    public static DateOnly? CountedSince(this PupilFacts pupil) => pupil.Counted() == pupil.State ? pupil.Since : pupil.Register!.Since;

    /// <summary>How the pupil is schooled, in the words of the official table.</summary>
    public static Schooling Schooled(this PupilFacts pupil) => pupil.Counted() switch
    {
        EnrolmentState.Enrolled or EnrolmentState.OnLeave or EnrolmentState.HomeTaught => pupil.Stage switch
        {
            Stage.Kindergarten => Schooling.Kindergarten,
            Stage.Primary => Schooling.Primary,
            Stage.JuniorMiddle => Schooling.JuniorMiddle,
            Stage.SeniorHigh => Schooling.SeniorHigh,
            Stage.Vocational => Schooling.Vocational,
            _ => Schooling.NotCollected,
        },
        EnrolmentState.DroppedOut => OutOf(pupil, pupil.CountedSince()),
        // 缓学 is approved: of school age, not in school, and no dropout.
        EnrolmentState.Deferred => pupil.Stage is Stage.Kindergarten ? Schooling.NotInKindergarten : Schooling.NotInSchool,
        // Where the child goes next is told by the roll that enrols it.
        _ => Schooling.NotCollected,
    };

    /// <summary>
    /// How the pupil counts to the goal of enrolment (义务教育阶段入学率). Whoever is on its way from one school to another is in school: a roll gap is no dropout. Platform default.
    /// </summary>
    public static CompulsoryEnrolment Enrolment(this PupilFacts pupil) => pupil.Stage switch
    {
        Stage.NotCollected => CompulsoryEnrolment.NotCollected,
        Stage.Primary or Stage.JuniorMiddle => pupil.Counted() is EnrolmentState.RollGap || pupil.Schooled() is Schooling.Primary or Schooling.JuniorMiddle
            ? CompulsoryEnrolment.InSchool : CompulsoryEnrolment.NotInSchool,
        _ => CompulsoryEnrolment.NotCompulsory,
    };

    /// <summary>Whether absence can become a dropout: of compulsory school, and where the roll tells no stage, from 6 (义务教育法 §11) up to 13.</summary>
    public static bool IsCompulsory(this PupilFacts pupil, DateOnly on) => pupil.Stage switch
    {
        Stage.Primary or Stage.JuniorMiddle => true,
        Stage.NotCollected => pupil.BirthDate is { } born && IsAtLeast(born, SchoolFrom, on) && !IsAtLeast(born, NotInSchoolFrom, on),
        _ => false,
    };

    /// <summary>Where the roll tells no stage, the age on the day says which; where it tells no age either, its own word stands.</summary>
    private static Schooling OutOf(PupilFacts pupil, DateOnly? on) => pupil.Stage switch
    {
        Stage.Kindergarten => Schooling.NotInKindergarten,
        Stage.SeniorHigh or Stage.Vocational => Schooling.NotInSchool,
        Stage.NotCollected when pupil.BirthDate is { } born && on is { } day =>
            IsAtLeast(born, NotInSchoolFrom, day) ? Schooling.NotInSchool : IsAtLeast(born, SchoolFrom, day) ? Schooling.DroppedOut : Schooling.NotInKindergarten,
        _ => Schooling.DroppedOut,
    };

    /// <summary>Who was born on 29 February turns on 1 March in common years.</summary>
    private static bool IsAtLeast(DateOnly born, int age, DateOnly on) =>
        on >= (born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(born.Year + age) ? new DateOnly(born.Year + age, 3, 1) : born.AddYears(age));
}

/// <summary>Whether a pupil of compulsory school is in school. The numbers are stored.</summary>
public enum CompulsoryEnrolment : short
{
    /// <summary>In school, on leave, or taught at home.</summary>
    InSchool = 1,

    /// <summary>Dropped out or deferred.</summary>
    NotInSchool = 2,

    /// <summary>Of a stage that is not compulsory.</summary>
    NotCompulsory = 3,

    /// <summary>The roll tells no stage.</summary>
    NotCollected = 4,
}
