using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Subjects;

/// <summary>What is counted. The numbers are stored.</summary>
public enum SubjectKind : short { None = 0, Child = 1, Pupil = 2, Obligation = 3, Hazard = 4, Report = 5, Response = 6, Placement = 7, InterventionCase = 8, HotlineAppeal = 9, Assessment = 10, AssistancePlan = 11, ReconciliationCase = 12, Pairing = 13, AdmissionRefusal = 14, BoardingSheet = 15, LawTerm = 16, ClassDay = 30 }

/// <summary>
/// The facts of one subject, group by group, each group owned by one source and guarded by that source's order: a fact older
/// than what is known changes nothing, so the groups commute and a replay is harmless. Pure.
/// </summary>
public sealed record SubjectFacts
{
    public SubjectKind Kind { get; init; }
    public Group<ChildFacts>? Child { get; init; }
    /// <summary>Why the child's category changed last; null before.</summary>
    public CategoryReasons? Why { get; init; }
    public SchoolingOfChild? Schooling { get; init; }
    /// <summary>The official grade of guardianship, of the child's assessment finalised last.</summary>
    public Group<GuardianshipGrade>? Graded { get; init; }
    public Group<VisitsRecorded>? Visits { get; init; }
    public Group<CareRecorded>? Care { get; init; }
    public Group<ScreeningRecorded>? Screening { get; init; }
    public Group<PupilFacts>? Pupil { get; init; }
    public Group<ObligationFacts>? Obligation { get; init; }
    public Group<HazardFacts>? Hazard { get; init; }
    public Group<PupilAttendance>? Attendance { get; init; }
    public Group<ClassDayFacts>? ClassDay { get; init; }
    public Group<DropoutRecorded>? Dropout { get; init; }
    public Group<ReportFacts>? Report { get; init; }
    public Group<ResponseFacts>? Response { get; init; }
    public Group<PlacementFacts>? Placement { get; init; }
    public Group<CaseFacts>? Case { get; init; }
    public Group<HotlineAppealFacts>? Appeal { get; init; }
    public Group<AssessmentFacts>? Assessment { get; init; }
    public Group<PlanFacts>? Plan { get; init; }
    public Group<ReconciliationFacts>? Reconciliation { get; init; }
    public Group<PairingFacts>? Pairing { get; init; }
    public Group<AdmissionFacts>? Admission { get; init; }
    public Group<ContactCardRecorded>? ContactCard { get; init; }
    public Group<BoardingSheetFacts>? Boarding { get; init; }
    public Group<LawTermFacts>? LawTerm { get; init; }

    /// <summary>Of a report that concerns somebody of the installation, with its response and placement, and of such an appeal; null of all others, of which nothing is written.</summary>
    public bool? Shielded => Report?.Facts.Shielded is true || Response?.Facts.Shielded is true || Placement?.Facts.Shielded is true || Appeal?.Facts.Shielded is true ? true : null;

    /// <summary>The service that tells of it, of a kind that several services tell of.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// The division the subject is counted in, and with it all above: a child by residence and a pupil by its school, which are
    /// villages; an obligation by its owner, which may be a town or a county, and then is counted in no village; a hazard where it was found; a report with
    /// its response and placement at its place, which is a town where nobody knows the village; an appeal to 12355 where its matter lies, or where it is held.
    /// </summary>
    public DivisionId? Village => Kind switch
    {
        SubjectKind.Child => Child?.Facts.Residence,
        SubjectKind.Pupil => Pupil?.Facts.School,
        SubjectKind.Obligation => Obligation?.Facts.Division,
        SubjectKind.Hazard => Hazard?.Facts.Division,
        SubjectKind.ClassDay => ClassDay?.Facts.School,
        SubjectKind.Report => Report?.Facts.Division,
        SubjectKind.Response => Response?.Facts.Division,
        SubjectKind.Placement => Placement?.Facts.Division,
        SubjectKind.InterventionCase => Case?.Facts.Division,
        SubjectKind.HotlineAppeal => Appeal?.Facts.Division,
        SubjectKind.Assessment => Assessment?.Facts.Division,
        SubjectKind.AssistancePlan => Plan?.Facts.Division,
        SubjectKind.ReconciliationCase => Reconciliation?.Facts.School,
        SubjectKind.Pairing => Pairing?.Facts.School,
        SubjectKind.AdmissionRefusal => Admission?.Facts.School,
        SubjectKind.BoardingSheet => Boarding?.Facts.School,
        SubjectKind.LawTerm => LawTerm?.Facts.School,
        _ => null,
    };

    /// <summary>The facts after one more event of the log.</summary>
    public SubjectFacts After(object fact, Told told) => fact switch
    {
        ChildRecorded e when IsNew(Child, told) => this with { Kind = SubjectKind.Child, Child = Of(told, e.After), Why = e.Why ?? Why },
        ChildSchoolingRecorded e when (Schooling ?? SchoolingOfChild.Unknown).After(e, told) is var next && next != Schooling =>
            this with { Kind = SubjectKind.Child, Schooling = next },
        AssessmentFinalised { ChildId: not null } e when IsNew(Graded, told) => this with { Kind = SubjectKind.Child, Graded = Of(told, e.Grade) },
        VisitsRecorded e when IsNew(Visits, told) => this with { Kind = SubjectKind.Child, Visits = Of(told, e) },
        CareRecorded e when IsNew(Care, told) => this with { Kind = SubjectKind.Child, Care = Of(told, e) },
        ScreeningRecorded e when IsNew(Screening, told) => this with { Kind = SubjectKind.Child, Screening = Of(told, e) },
        PupilRecorded e when IsNew(Pupil, told) => this with { Kind = SubjectKind.Pupil, Pupil = Of(told, e.After) },
        ObligationRecorded e when IsNew(Obligation, told) => this with { Kind = SubjectKind.Obligation, Obligation = Of(told, e.After), Source = told.Source },
        HazardRecorded e when IsNew(Hazard, told) => this with { Kind = SubjectKind.Hazard, Hazard = Of(told, e.After) },
        PupilAttendanceRecorded e when IsNew(Attendance, told) => this with { Kind = SubjectKind.Pupil, Attendance = Of(told, e.After) },
        DropoutRecorded e when IsNew(Dropout, told) => this with { Kind = SubjectKind.Pupil, Dropout = Of(told, e) },
        ClassDayRecorded e when IsNew(ClassDay, told) => this with { Kind = SubjectKind.ClassDay, ClassDay = Of(told, e.After) },
        ReportRecorded e when IsNew(Report, told) => this with { Kind = SubjectKind.Report, Report = Of(told, e.After) },
        ResponseRecorded e when IsNew(Response, told) => this with { Kind = SubjectKind.Response, Response = Of(told, e.After) },
        PlacementRecorded e when IsNew(Placement, told) => this with { Kind = SubjectKind.Placement, Placement = Of(told, e.After) },
        CaseRecorded e when IsNew(Case, told) => this with { Kind = SubjectKind.InterventionCase, Case = Of(told, e.After) },
        HotlineAppealRecorded e when IsNew(Appeal, told) => this with { Kind = SubjectKind.HotlineAppeal, Appeal = Of(told, e.After) },
        AssessmentRecorded e when IsNew(Assessment, told) => this with { Kind = SubjectKind.Assessment, Assessment = Of(told, e.After) },
        PlanRecorded e when IsNew(Plan, told) => this with { Kind = SubjectKind.AssistancePlan, Plan = Of(told, e.After) },
        ReconciliationRecorded e when IsNew(Reconciliation, told) => this with { Kind = SubjectKind.ReconciliationCase, Reconciliation = Of(told, e.After) },
        PairingRecorded e when IsNew(Pairing, told) => this with { Kind = SubjectKind.Pairing, Pairing = Of(told, e.After) },
        AdmissionRecorded e when IsNew(Admission, told) => this with { Kind = SubjectKind.AdmissionRefusal, Admission = Of(told, e.After) },
        ContactCardRecorded e when IsNew(ContactCard, told) => this with { Kind = SubjectKind.Pupil, ContactCard = Of(told, e) },
        BoardingSheetRecorded e when IsNew(Boarding, told) => this with { Kind = SubjectKind.BoardingSheet, Boarding = Of(told, e.After) },
        LawTermRecorded e when IsNew(LawTerm, told) => this with { Kind = SubjectKind.LawTerm, LawTerm = Of(told, e.After) },
        _ => this,
    };

    private static bool IsNew<T>(Group<T>? known, Told told) => known is null || known.IsBefore(told);

    private static Group<T> Of<T>(Told told, T facts) => new(told.Sequence, told.Version, facts, told.Epoch);
}

/// <summary>One source's group of facts, with the place in that source's log, the version of its stream, and the epoch of that log.</summary>
public sealed record Group<T>(long Sequence, long Version, T Facts, int Epoch = 0)
{
    /// <summary>Whether something stands later in the source's log.</summary>
    public bool IsBefore(Told told) => (told.Epoch, told.Sequence).CompareTo((Epoch, Sequence)) > 0;
}
