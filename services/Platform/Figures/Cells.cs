using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a subject counts in on a day. Pure; the only place where counting is decided.</summary>
public static class Cells
{
    private static readonly int[] BandEdges = [6, 14, 16, 18];

    /// <summary>The measures by number; empty for a subject that is not counted.</summary>
    public static short[] Of(SubjectFacts subject, DateOnly day)
    {
        var cells = new List<short>(24);
        if (subject is { Kind: SubjectKind.Child, Child.Facts: { State: FileState.Open } child })
        {
            CountChildren.Of(cells, child, subject, day);
            CountVisits.Of(cells, child, subject.Visits?.Facts.After);
            CountCare.Of(cells, child, subject.Care?.Facts.After);
            CountHazards.Screened(cells, child, subject.Screening?.Facts.After);
        }
        else if (subject is { Kind: SubjectKind.Pupil, Pupil.Facts: { State: not (EnrolmentState.TransferredOut or EnrolmentState.Graduated or EnrolmentState.Left) } pupil })
        {
            CountPupil(cells, pupil, day);
            AttendanceCells.CountPupil(cells, pupil, subject.Attendance?.Facts);
            CountDropouts.Of(cells, subject.Dropout?.Facts.After);
            CountContactCards.Of(cells, subject.ContactCard?.Facts.After);
        }
        else if (subject is { Kind: SubjectKind.Obligation, Obligation.Facts: { } obligation })
            CountObligation(cells, obligation);
        else if (subject is { Kind: SubjectKind.Hazard, Hazard.Facts: { } hazard })
            CountHazards.Of(cells, hazard);
        else if (subject is { Kind: SubjectKind.Report, Report.Facts: { } report })
            CountReports.Of(cells, report);
        else if (subject is { Kind: SubjectKind.Response, Response.Facts: { } response })
            CountReports.Of(cells, response);
        else if (subject is { Kind: SubjectKind.Placement, Placement.Facts: { } placement })
            CountReports.Of(cells, placement);
        else if (subject is { Kind: SubjectKind.ClassDay, ClassDay.Facts: { } classDay })
            AttendanceCells.CountClassDay(cells, classDay, day);
        else if (subject is { Kind: SubjectKind.InterventionCase, Case.Facts: { } intervention })
            CountCases.Of(cells, intervention);
        else if (subject is { Kind: SubjectKind.HotlineAppeal, Appeal.Facts: { } appeal })
            CountAppeals.Of(cells, appeal, day);
        else if (subject is { Kind: SubjectKind.Assessment, Assessment.Facts: { } assessment })
            CountAssessments.Of(cells, assessment, day);
        else if (subject is { Kind: SubjectKind.AssistancePlan, Plan.Facts: { } plan })
            CountAssessments.Of(cells, plan);
        else if (subject is { Kind: SubjectKind.ReconciliationCase, Reconciliation.Facts: { } difference })
            CountReconciliation.Of(cells, difference);
        else if (subject is { Kind: SubjectKind.Pairing, Pairing.Facts: { } pairing })
            CountPairings.Of(cells, pairing);
        else if (subject is { Kind: SubjectKind.AdmissionRefusal, Admission.Facts: { } admission })
            CountAdmissions.Of(cells, admission);
        else if (subject is { Kind: SubjectKind.BoardingSheet, Boarding.Facts: { } sheet })
            CountBoarding.Of(cells, sheet, day);
        else if (subject is { Kind: SubjectKind.LawTerm, LawTerm.Facts: { } term })
            CountLawTerms.Of(cells, term, day);
        return [.. cells];
    }

    /// <summary>The next day on which a subject may move to another age band by itself, or is not counted any more.</summary>
    public static DateOnly? TurnsOn(SubjectFacts subject, DateOnly day)
    {
        if (subject is { Kind: SubjectKind.ClassDay, ClassDay.Facts: var classDay })
            return AttendanceCells.EndsOn(classDay) is var end && end > day ? end : null;
        if (subject.Kind is SubjectKind.LawTerm)
            return CountLawTerms.TurnsOn(subject.LawTerm?.Facts, day);
        if (subject is { Kind: SubjectKind.BoardingSheet, Boarding.Facts: var sheet })
            return CountBoarding.EndsOn(sheet) is var gone && gone > day ? gone : null;
        if (subject is { Kind: SubjectKind.HotlineAppeal, Appeal.Facts: var asked })
            return CountAppeals.LateOn(asked) is { } late && late > day ? late : null;
        if (subject.Kind is SubjectKind.Assessment)
            return CountAssessments.TurnsOn(subject.Assessment?.Facts, day);
        var born = subject.Kind is SubjectKind.Child ? subject.Child?.Facts.BirthDate : subject.Pupil?.Facts.BirthDate;
        if (born is not { } b)
            return null;
        foreach (var edge in BandEdges)
            if (Birthday(b, edge) is var turn && turn > day)
                return turn;
        return null;
    }

    private static void CountPupil(List<short> cells, PupilFacts pupil, DateOnly day)
    {
        cells.Add(Measures.Number(Measures.Pupil, "total", "all"));
        cells.Add(Measures.Number(Measures.Pupil, "ageSex", AgeSex(pupil.BirthDate, pupil.Sex, day, stays14To15: false)));
        var (schooling, state) = (pupil.Schooled(), pupil.Counted());
        cells.Add(Measures.Number(Measures.Pupil, "schooling", Word(schooling)));
        // Leaving a stage that is not compulsory is no dropout.
        cells.Add(Measures.Number(Measures.Pupil, "state", state is EnrolmentState.DroppedOut && schooling is not Schooling.DroppedOut ? "notInSchool" : Word(state)));
        cells.Add(Measures.Number(Measures.Pupil, "enrolment", Word(pupil.Enrolment())));
        cells.Add(Measures.Number(Measures.Pupil, "match", pupil.ChildId is null ? "waiting" : "matched"));
        cells.Add(Measures.Number(Measures.Pupil, "boarding", YesNo(pupil.Boarding)));
    }

    /// <summary>Overdue, not in breach: of most duties the time is policy or a platform default, and not law.</summary>
    private static void CountObligation(List<short> cells, ObligationFacts obligation)
    {
        cells.Add(Measures.Number(Measures.Obligation, "total", "all"));
        cells.Add(Measures.Number(Measures.Obligation, "state", obligation.State is ObligationState.Breached ? "overdue" : Word(obligation.State)));
        cells.Add(Measures.Number(Measures.Obligation, "owner", Word(obligation.Department)));
        cells.Add(Measures.Number(Measures.Obligation, "late", obligation.State is ObligationState.Breached or ObligationState.FulfilledLate ? Word(obligation.Department) : "none"));
    }

    /// <summary>Only Registry ends left-behindness: until its word arrives, a child that turned 16 stays in the band 14–15.</summary>
    internal static string AgeSex(DateOnly? birthDate, Sex sex, DateOnly day, bool stays14To15)
    {
        var band = birthDate switch
        {
            null => "notCollected",
            { } b when day < Birthday(b, 6) => "0-5",
            { } b when day < Birthday(b, 14) => "6-13",
            { } b when day < Birthday(b, 16) || stays14To15 => "14-15",
            _ => "16-17",
        };
        return $"{band}.{Word(sex)}";
    }

    private static DateOnly Birthday(DateOnly born, int age) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(born.Year + age) ? new(born.Year + age, 3, 1) : new(born.Year + age, born.Month, born.Day);

    internal static string YesNo(bool? value) => value switch { true => "yes", false => "no", null => "notCollected" };

    internal static string Word<T>(T value) where T : struct, Enum => Words<T>.Of[value];

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
    }
}
