using System.IO.Compression;
using System.Text;
using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>Subjects as the log tells them.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 3, 2);
    public static readonly DivisionId Village = DivisionId.Parse("431003101218@2023");
    public static readonly Guid Id = new("00000000-0000-4000-8000-000000000001");

    private static readonly Gen<DateOnly?> Born = Gen.Select(Gen.Int[0, 9], Gen.Int[-30, 20 * 366],
        (known, ago) => known == 0 ? (DateOnly?)null : Today.AddDays(-ago));

    public static readonly Gen<ChildFacts> Child = Gen.Select(Bare, Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 32], Gen.Int[0, 31], (child, disability, illness, aid, difficulties) => child with
    {
        Disability = disability == 5 ? null : (DisabilityGrade)disability,
        Illness = illness == 3 ? null : (Illness)illness,
        Aid = aid == 32 ? null : (AidKinds)aid,
        Difficulties = (Difficulties)difficulties,
    });

    private static Gen<ChildFacts> Bare => Gen.Select(
        Gen.Enum<FileState>(), Born, Gen.Enum<Sex>(), Gen.Enum<ChildCategory>(), Gen.Enum<LeftBehindReason>(), Gen.Enum<CarerKind>(), Gen.Bool, Gen.Int[0, 4],
        (state, born, sex, category, reason, carer, verified, closed) => new ChildFacts(closed == 0 ? state : FileState.Open, Village, born, sex, category,
            category is ChildCategory.LeftBehind or ChildCategory.LeftBehindInDifficulty ? reason : null, carer, verified));

    /// <summary>As this release tells it, or as an older one did, without state and day.</summary>
    public static readonly Gen<ChildSchoolingRecorded> Schooling = Gen.Select(Gen.Enum<Schooling>(), Gen.Bool, Gen.Enum<EnrolmentState>(), Gen.Int[0, 4],
        (schooling, boarding, state, ago) => ago == 0 ? new(Id, Guid.NewGuid(), schooling, boarding)
            : new ChildSchoolingRecorded(Id, Guid.NewGuid(), schooling, boarding, state, Today.AddDays(-ago)));

    public static readonly Gen<PupilFacts> Pupil = Gen.Select(
        Gen.Enum<EnrolmentState>(), Gen.Enum<Stage>(), Born, Gen.Enum<Sex>(), Gen.Int[0, 2], Gen.Bool,
        (state, stage, born, sex, boarding, matched) => new PupilFacts(state, Village, stage, born, sex,
            boarding == 2 ? null : boarding == 1, matched ? Guid.NewGuid() : null));

    public static SubjectFacts Of(ChildFacts child, ChildSchoolingRecorded? schooling = null)
    {
        var subject = new SubjectFacts().After(new ChildRecorded(Id, ChildChange.Opened, child), new("registry", 1, 1));
        return schooling is null ? subject : subject.After(schooling, new("education", 1, 1));
    }

    public static readonly Gen<CareFacts> Care = Gen.Select(Gen.Enum<Entrustment>(), Gen.Bool, Gen.Bool, Gen.Enum<ParentContact>(), Gen.Bool,
        (entrusted, screened, notified, contact, unattended) => new CareFacts(entrusted, screened, notified, contact, unattended));

    public static SubjectFacts InCare(this SubjectFacts subject, CareFacts care) =>
        subject.After(new CareRecorded(Guid.NewGuid(), Id, CareChange.Entrusted, care), new("registry", 2, 1));

    public static SubjectFacts Graded(this SubjectFacts child, GuardianshipGrade grade, long sequence = 1) =>
        child.After(new AssessmentFinalised(Guid.NewGuid(), Id, Village, grade, RiskLevel.High), new("assessment", sequence, 1));

    public static readonly Gen<ObligationFacts> Obligation = Gen.Select(
        Gen.Enum<ObligationState>(), Gen.Enum<ObligationBasis>(), Gen.Enum<OwnerDepartment>(), Gen.Enum<DivisionLevel>(),
        (state, basis, department, level) => Duty(state, DivisionId.Parse("431003101218"[..DivisionCode.DigitsOf(level)] + "@2023")) with { Basis = basis, Department = department });

    public static ObligationFacts Duty(ObligationState state, DivisionId owner) => new(
        "assessment.finalise", new("assessment", Id), owner, OwnerDepartment.CivilAffairs, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(10),
        ObligationBasis.PlatformDefault, "平台默认", state, null, null);

    public static readonly Gen<VisitFacts> Visits = Gen.Select(
        Gen.Enum<Cadence>(), Gen.Int[0, 63], Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool,
        (cadence, reasons, ago, overdue, verified, worker) => new VisitFacts(cadence, (KeyListReasons)reasons, ago == 0 ? null : Today.AddDays(-ago), overdue, verified, worker));

    public static SubjectFacts Visited(SubjectFacts child, VisitFacts visits) =>
        child.After(new VisitsRecorded(new Guid("00000000-0000-4000-8000-000000000002"), Id, VisitsChange.Visited, visits), new("registry", 2, 1));

    public static SubjectFacts Of(ObligationFacts duty) =>
        new SubjectFacts().After(new ObligationRecorded(Id, ObligationChange.Opened, duty), new("assessment", 1, 1));

    public static readonly Gen<ScreeningFacts> Screening = Gen.Select(Gen.Enum<ScreeningState>(), Gen.Enum<ScreeningState>(), Gen.Enum<ScreeningState>(),
        (winter, summer, afterSchool) => new ScreeningFacts(winter, summer, afterSchool));

    public static readonly Gen<HazardFacts> Hazard = Gen.Select(Gen.Enum<HazardKind>(), Gen.Enum<HazardState>(), Gen.Bool,
        (kind, state, place) => new HazardFacts(Guid.NewGuid(), place ? null : Guid.NewGuid(), Village, kind, state, Today));

    public static readonly Gen<CaseFacts> Case = Gen.Select(Gen.Enum<Respondent>(), Gen.Enum<CaseState>(), Gen.Enum<CaseStep>(), Gen.Int[0, 63], Gen.Enum<OrderState>(),
        (respondent, state, step, grounds, order) => new CaseFacts(Village, respondent, state, step, (PetitionGrounds)grounds, order, null));

    public static SubjectFacts Of(CaseFacts facts) => new SubjectFacts().After(new CaseRecorded(Id, Id, CaseChange.Opened, facts), new("guardianship", 1, 1));

    public static readonly Gen<ReconciliationFacts> Reconciliation = Gen.Select(Gen.Enum<ReconciliationKind>(), Gen.Enum<ReconciliationState>(),
        (kind, state) => new ReconciliationFacts(kind, state, Village, Today));

    public static readonly Gen<PairingFacts> Pairing = Gen.Select(Gen.Enum<PairingNeed>(), Gen.Bool, Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool,
        (need, active, signed, talks, visits, plan) => new PairingFacts(Village, active, need, Today, signed, talks, visits, 0, plan));

    public static SubjectFacts Of(PairingFacts facts) => new SubjectFacts().After(new PairingRecorded(Id, Guid.NewGuid(), PairingChange.Begun, facts), new("education", 1, 1));

    public static readonly Gen<AdmissionFacts> Admission = Gen.Select(Gen.Enum<AdmissionState>(), Gen.Enum<RefusalReason>(), Gen.Enum<AdmissionOutcome>(),
        (state, reason, outcome) => new AdmissionFacts(Village, state, reason, Today, state is AdmissionState.Settled ? Today : null, state is AdmissionState.Settled ? outcome : null));

    public static readonly Gen<ContactCardFacts> Card = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 2],
        (edition, signed, calls, connected) => new ContactCardFacts(edition == 0 ? null : Today, edition, signed, calls, Math.Min(calls, connected), calls == 0 ? null : Today));

    public static SubjectFacts Carrying(this SubjectFacts pupil, ContactCardFacts card) =>
        pupil.After(new ContactCardRecorded(Guid.NewGuid(), Id, ContactCardChange.Given, card), new("education", 2, 1));

    public static readonly Gen<BoardingSheetFacts> Boarding = Gen.Select(Gen.Enum<BoardingSheetKind>(), Gen.Int[-40, 0], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2],
        (kind, days, roll, excused, findings) => new BoardingSheetFacts(Village, kind, Today.AddDays(days), (RollState)roll, 20, excused, findings));

    public static SubjectFacts Of(BoardingSheetFacts sheet) => new SubjectFacts().After(new BoardingSheetRecorded(Id, BoardingSheetChange.Told, sheet), new("education", 1, 1));

    public static readonly Gen<LawTermFacts> LawTerm = Gen.Select(Gen.Int[-200, 20], Gen.Int[0, 3], (days, lessons) => new LawTermFacts(Village, Today.AddDays(days), lessons));

    public static SubjectFacts Of(LawTermFacts term) => new SubjectFacts().After(new LawTermRecorded(Id, LawTermChange.Begun, term), new("education", 1, 1));

    public static SubjectFacts Of(AdmissionFacts facts) => new SubjectFacts().After(new AdmissionRecorded(Id, Guid.NewGuid(), null, AdmissionChange.Refused, facts), new("education", 1, 1));

    public static SubjectFacts Of(ReconciliationFacts facts) =>
        new SubjectFacts().After(new ReconciliationRecorded(Id, Guid.NewGuid(), ReconciliationChange.Found, facts), new("education", 1, 1));

    public static SubjectFacts Of(HazardFacts hazard) => new SubjectFacts().After(new HazardRecorded(Id, HazardChange.Found, hazard), new("registry", 1, 1));

    public static SubjectFacts Screened(this SubjectFacts child, ScreeningFacts screening) =>
        child.After(new ScreeningRecorded(Guid.NewGuid(), Id, ScreeningChange.Safe, CampaignKind.SummerHoliday, screening), new("registry", 2, 1));

    public static readonly Gen<ReportFacts> Report = Gen.Select(
        Gen.Enum<Situation>(), Gen.Int[0, 9], Gen.Enum<ReporterKind>(), Gen.Bool, Gen.Enum<Urgency>(), Gen.Enum<ReportState>(), Gen.Int[0, 20_000], Gen.Bool,
        (situation, category, reporter, anonymous, urgency, state, minutes, shielded) => new ReportFacts(
            Id, Village, situation, category == 0 ? null : (ReportedCategory)category, reporter, anonymous, urgency, state,
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(minutes), shielded));

    public static readonly Gen<ResponseFacts> Response = Gen.Select(Gen.Enum<ResponseState>(), Gen.Int[-1, 3000], Gen.Bool, (state, minutes, shielded) => new ResponseFacts(
        Id, Village, state, DateTimeOffset.UnixEpoch, minutes < 0 ? null : DateTimeOffset.UnixEpoch.AddMinutes(minutes), shielded));

    public static readonly Gen<PlacementFacts> Placement = Gen.Select(Gen.Enum<PlacementGround>(), Gen.Enum<PlacementPlace>(), Gen.Enum<PlacementState>(), Gen.Bool,
        (ground, place, state, shielded) => new PlacementFacts(Id, Id, Village, ground, place, state, shielded));

    public static readonly Gen<HotlineAppealFacts> Appeal = Gen.Select(
        Gen.Int[0, 6], Gen.Enum<AppealState>(), Gen.Enum<AppealChannel>(), Gen.Int[0, 3], Gen.Int[-2, 2], Gen.Int[-2, 2], Gen.Enum<HotlineHelp>().List[0, 4], Gen.Bool,
        (@class, state, channel, hops, due, answered, helped, shielded) => new HotlineAppealFacts(
            Id, Village, channel, @class == 0 ? null : (AppealClass)@class, state, DateTimeOffset.UnixEpoch, hops, due == -2 ? null : Today.AddDays(due),
            answered == -2 ? null : Today.AddDays(answered), helped, shielded));

    public static SubjectFacts Of(HotlineAppealFacts appeal) => new SubjectFacts().After(new HotlineAppealRecorded(Id, appeal), new("reporting", 1, 1));

    public static SubjectFacts Of(ReportFacts report) => new SubjectFacts().After(new ReportRecorded(Id, report), new("reporting", 1, 1));

    public static SubjectFacts Of(ResponseFacts response) => new SubjectFacts().After(new ResponseRecorded(Id, response), new("reporting", 1, 1));

    public static SubjectFacts Of(PlacementFacts placement) => new SubjectFacts().After(new PlacementRecorded(Id, placement), new("reporting", 1, 1));

    public static readonly Gen<AssessmentFacts> Assessment = Gen.Select(
        Gen.Enum<AssessmentTrigger>(), Gen.Enum<Urgency>(), Gen.Enum<AssessmentState>(), Gen.Int[-20, 20], Gen.Enum<GuardianshipGrade>(), Gen.Enum<RiskLevel>(),
        (trigger, urgency, state, days, grade, risk) => Assessed(state, Today.AddDays(days), 0) with
        {
            Trigger = trigger,
            Urgency = urgency,
            Grade = state is AssessmentState.Finalised ? grade : null,
            Risk = state is AssessmentState.Finalised ? risk : null,
        });

    /// <summary>Due at noon of a day in Shanghai; finalised so many hours after that, where it is.</summary>
    public static AssessmentFacts Assessed(AssessmentState state, DateOnly due, int hours)
    {
        var at = new DateTimeOffset(due.ToDateTime(new(12, 0)), TimeSpan.FromHours(8));
        return new(Id, Village, AssessmentTrigger.TownInformed, Urgency.High, state, at, state is AssessmentState.Finalised ? at.AddHours(hours) : null, null, null);
    }

    public static readonly Gen<PlanFacts> Plan = Gen.Select(Gen.Enum<PlanState>(), Gen.Select(Gen.Enum<AssistanceService>(), Gen.Enum<ServiceState>()).Array[0, 6],
        (state, services) => new PlanFacts(Id, Id, Village, state, [.. services.Select(s => new ServiceFacts(Guid.NewGuid(), s.Item1, s.Item2))]));

    public static SubjectFacts Of(AssessmentFacts facts) => new SubjectFacts().After(new AssessmentRecorded(Id, AssessmentChange.Opened, facts), new("assessment", 1, 1));

    public static SubjectFacts Of(PlanFacts facts) => new SubjectFacts().After(new PlanRecorded(Id, PlanChange.Drafted, facts), new("assessment", 1, 1));

    public static SubjectFacts Of(PupilFacts pupil) =>
        new SubjectFacts().After(new PupilRecorded(Id, PupilChange.Enrolled, pupil), new("education", 1, 1));

    public static ChildFacts LeftBehind(DateOnly? born) =>
        new(FileState.Open, Village, born, Sex.Female, ChildCategory.LeftBehind, LeftBehindReason.BothParentsOut, CarerKind.Grandparents, true);

    public static List<string> Names(SubjectFacts subject, DateOnly? day = null) => [.. Cells.Of(subject, day ?? Today).Select(m => Measures.All[m])];

    /// <summary>A tree of these codes.</summary>
    public static DivisionTree Load(string[] codes)
    {
        var counts = string.Join('/', new[] { 2, 4, 6, 9, 12 }.Select(digits => codes.Count(code => code.Length == digits)));
        var text = $"# edition=2023-06-30 counts={counts} name-bytes={codes.Length}\n" + string.Concat(codes.Select(code => $"{code},n,\n"));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }
}
