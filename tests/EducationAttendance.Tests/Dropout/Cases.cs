using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

/// <summary>Cases with a history, and everything that a person may ask of one.</summary>
internal static class Cases
{
    public static readonly Guid PupilId = Sample.Pupil().Id;
    public static readonly DateOnly Thursday = new(2026, 4, 30), Wednesday = new(2026, 5, 6), ThirdDay = new(2026, 5, 7), Ordered = new(2026, 6, 24), ReturnBy = new(2026, 6, 30), Late = new(2026, 7, 2);
    public static readonly DateTimeOffset Now = new(2026, 7, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly Divisions.WorkCalendar Working = SchoolDaysTests.Working;

    /// <summary>Two terms.</summary>
    public static readonly SchoolDays Days = new(Working, [new("2025-2026-2", new(2026, 3, 2), new(2026, 7, 3), [], []), new("2026-2027-1", new(2026, 9, 1), new(2027, 1, 20), [], [])]);

    public static readonly IReadOnlyList<DropoutStep?> Steps = [null, .. Enum.GetValues<DropoutStep>().Cast<DropoutStep?>()];

    /// <summary>Of each act of a person, how it is asked.</summary>
    public static readonly IReadOnlyDictionary<DropoutAct, Func<DropoutCase, ToldStep, IEnumerable<IDropoutEvent>>> Asks = new Dictionary<DropoutAct, Func<DropoutCase, ToldStep, IEnumerable<IDropoutEvent>>>
    {
        [DropoutAct.Contact] = (c, told) => RecordContact.Decide(new(told, ContactOutcome.Reached), c),
        [DropoutAct.VisitHome] = (c, told) => RecordHomeVisit.Decide(new(told, VisitOutcome.GuardianMet, null, Sample.Id(Sample.Here), Now), c),
        [DropoutAct.Register] = (c, told) => RegisterDropout.Decide(new(told), c),
        [DropoutAct.StartPersuasion] = (c, told) => StartPersuasion.Decide(new(told), c),
        [DropoutAct.FailPersuasion] = (c, told) => RecordPersuasionFailed.Decide(new(told), c),
        [DropoutAct.FileReport] = (c, told) => FileWrittenReport.Decide(new(told, "1号", "d"), c),
        [DropoutAct.PersuadeByTown] = (c, told) => RecordTownPersuasion.Decide(new(told), c),
        [DropoutAct.OrderAttendance] = (c, told) => OrderAttendance.Decide(new(told, "2号", told.On.AddDays(6)), c),
        [DropoutAct.TakeLegalMeasures] = (c, told) => RecordLegalMeasures.Decide(new(told, LegalMeasure.Reprimand, "3号"), c),
        [DropoutAct.Return] = (c, told) => RecordReturn.Decide(new(told), c),
    };

    public static DropoutCase New => DropoutCase.New(DropoutCase.IdOf(PupilId));

    public static ToldStep Told(DateOnly on) => new(Guid.NewGuid(), on);

    public static PupilAttendance Absent(DateOnly on, int run, DateOnly since) => new(AttendanceState.Absent, on, run, since);

    public static PupilAttendance Present(DateOnly on) => new(AttendanceState.Present, on, 0, null);

    public static Pupil Enrolled => Sample.Enrolled();

    public static DropoutCase Attending(this DropoutCase known, PupilAttendance now, Pupil? pupil = null) =>
        FollowAbsence.Decide(known, pupil ?? Enrolled, now, Days).Aggregate(known, (c, e) => c.After(e));

    public static DropoutCase Asked(this DropoutCase known, DropoutAct act, DateOnly on) => Asks[act](known, Told(on)).Aggregate(known, (c, e) => c.After(e));

    /// <summary>A case at a step, come there the whole way.</summary>
    public static DropoutCase At(DropoutStep? step) => step switch
    {
        null => New,
        DropoutStep.UnexcusedAbsenceDetected => New.Attending(Absent(Thursday, 1, Thursday)),
        DropoutStep.GuardianContacted => At(DropoutStep.UnexcusedAbsenceDetected).Asked(DropoutAct.Contact, Wednesday),
        DropoutStep.HomeVisited => At(DropoutStep.GuardianContacted).Asked(DropoutAct.VisitHome, Wednesday),
        DropoutStep.DropoutSuspected => At(DropoutStep.HomeVisited).Attending(Absent(ThirdDay, 3, Thursday)),
        DropoutStep.DropoutRegistered => At(DropoutStep.DropoutSuspected).Asked(DropoutAct.Register, new(2026, 5, 11)),
        DropoutStep.PersuasionStarted => At(DropoutStep.DropoutRegistered).Asked(DropoutAct.StartPersuasion, new(2026, 5, 12)),
        DropoutStep.PersuasionFailed => At(DropoutStep.PersuasionStarted).Asked(DropoutAct.FailPersuasion, new(2026, 6, 1)),
        DropoutStep.WrittenReportFiled => At(DropoutStep.PersuasionFailed).Asked(DropoutAct.FileReport, new(2026, 6, 3)),
        DropoutStep.TownPersuasion => At(DropoutStep.WrittenReportFiled).Asked(DropoutAct.PersuadeByTown, new(2026, 6, 10)),
        DropoutStep.AttendanceOrdered => At(DropoutStep.TownPersuasion).Asked(DropoutAct.OrderAttendance, Ordered),
        DropoutStep.LegalMeasures => At(DropoutStep.AttendanceOrdered).Asked(DropoutAct.TakeLegalMeasures, Late),
        DropoutStep.Returned => At(DropoutStep.LegalMeasures).Asked(DropoutAct.Return, Late),
        DropoutStep.Ended => At(DropoutStep.UnexcusedAbsenceDetected).Attending(Present(Wednesday)),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>The words of the rejection.</summary>
    public static string Why(Func<IEnumerable<IDropoutEvent>> decide) => Assert.Throws<RejectedException>(() => { _ = decide().ToList(); }).Message;
}
