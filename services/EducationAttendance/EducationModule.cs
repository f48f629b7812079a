using LeftBehind.Access;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Admissions;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Boarders;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.ContactCards;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EducationAttendance.Goals;
using LeftBehind.EducationAttendance.Imports;
using LeftBehind.EducationAttendance.Imports.OneRoster;
using LeftBehind.EducationAttendance.LawLessons;
using LeftBehind.EducationAttendance.Matching;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Promotions;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Protos.Education.V1;
using LeftBehind.ReadLog;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.EducationAttendance;

/// <summary>
/// EducationAttendance (学籍 / 考勤 / 控辍保学): streams pupil, class-day, term-calendar and dropout-case; ways in PushStudentRoll,
/// PushAttendance and PushEdFiAttendance; the steps of dropout cases; promotion; differences between roll and registry (stream reconciliation-case); pairings of pupils with helpers (stream pairing); refused admissions (stream admission-refusal); contact cards with helped calls (stream contact-card); night rolls and hand-overs of boarders (stream boarding-sheet); law lessons by school and term (stream law-term); goals by school; listens to registry
/// for the files of its pupils, what is told of them and what is erased; tells every change of a pupil, of a class-day, of a dropout case, of a difference, of a pairing, of a refused admission, of a contact card, of a sheet of boarders and of a school's law lessons, the schooling of the child behind a pupil, who is suspected missing, and duties.
/// </summary>
public static class EducationModule
{
    public const string Schema = "education";

    public static readonly EventTypes Events = EventTypes.In(typeof(EducationModule).Assembly).And(ObligationEvents.Types);

    public static void AddEducation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddDivisionCopy(Schema).AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSealing(builder.Configuration, Schema).AddSealedToRegistry(builder.Configuration);
        services.AddSingleton<RollKeys>().AddSingleton<RollRowCheck>().AddSingleton<ReadEnrolment>().AddSingleton<TakeRoll>().AddSingleton<TakeNumber>();
        services.AddWayIn<RollRow, RollWay>(builder.Configuration, RollRow.Parser, "platform", "registry");
        services.AddSingleton(_ => WorkCalendar.Load(builder.Configuration["Calendar:File"] ?? throw new InvalidOperationException("Calendar:File is missing.")));
        services.AddSingleton<PushTermCalendar>().AddSingleton<GetTermCalendar>().AddSingleton<KeepClasses>().AddSingleton<ReceiveTransfers>();
        services.AddSingleton<PromoteClasses>();
        services.AddSingleton<AttendanceRowCheck>().AddSingleton<TakeAttendance>().AddSingleton<ListMissingRolls>();
        services.AddWayIn<AttendanceRow, AttendanceWay>(builder.Configuration, AttendanceRow.Parser, "platform", "registry");
        services.AddWayIn<EdFiRow, EdFiWay>(builder.Configuration, EdFiRow.Parser, "platform", "registry").AddSingleton<SumImportedAttendance>().AddSingleton<ImportOneRoster>();
        services.AddSingleton<WakeAttendance>().AddHostedService(s => s.GetRequiredService<WakeAttendance>());
        services.AddSingleton<SettleDays>().AddHostedService(s => s.GetRequiredService<SettleDays>());
        services.AddObligations(FieldGroup.Schooling).AddDropout().AddAdmissions().AddContactCards().AddBoarders().AddLawLessons().AddGoals();
        services.AddReadLog(
            new FormerReads("contact_card_read", "array[pupil]", "'contact-card'"), new FormerReads("pairing_read", "array[pupil]", "'pairing'"),
            new FormerReads("dropout_read", "array[pupil]", "case when document is null then 'dropout' else 'written-report' end"),
            new FormerReads("reconciliation_read", "array[reconciliation_case]", "'reconciliation'"));
        services.AddRelay<EducationRelay>("pupil", ClassDay.StreamType, Dropout.DropoutCase.StreamType, Reconciliation.ReconciliationCase.StreamType, Pairings.Pairing.StreamType, AdmissionRefusal.StreamType,
            ContactCards.ContactCard.StreamType, Boarders.BoardingSheet.StreamType, LawLessons.LawTerm.StreamType, Obligation.StreamType);
        services.AddSingleton<CompareWithRegistry>().AddSingleton<HandleReconciliation>().AddSingleton<ListReconciliation>();
        services.AddSingleton<HandlePairing>().AddSingleton<ReadPairings>().AddSingleton<FollowPaired>();
        services.AddSingleton<FindWaiting>().AddHostedService(s => s.GetRequiredService<FindWaiting>());
        services.AddLane(s => new InTurn(
            ActivatorUtilities.CreateInstance<LinkPupils>(s), ActivatorUtilities.CreateInstance<ErasePupils>(s), s.GetRequiredService<CompareWithRegistry>()));
        foreach (var ddl in new Func<string, string>[] { PersonKeyTable.Ddl, ErasedNumbers.Ddl, PupilNumbers.Ddl, PromotionTable.Ddl, ReconciliationTable.Ddl, PairingTable.Ddl, ClassTable.Ddl, ClassDayTable.Ddl, DaysToSettle.Ddl, WakeAttendance.Ddl, ImportedTable.Ddl })
            services.AddSingleton<ISchemaPart>(new SchemaPart(ddl));
        builder.AddServiceDefaults(Schema, Events);
    }

    public static void MapEducation(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapObligations();
        app.MapReceiptFeed();
        app.MapReadLog();
        app.MapGrpcService<EducationService>();
        app.MapGrpcService<CalendarsService>();
        app.MapGrpcService<PromotionsService>();
        app.MapGrpcService<AttendanceService>();
        app.MapGrpcService<ImportsService>();
        app.MapGrpcService<DropoutsService>();
        app.MapGrpcService<ReconciliationService>();
        app.MapGrpcService<PairingsService>();
        app.MapGrpcService<AdmissionsService>();
        app.MapGrpcService<ContactCardsService>();
        app.MapGrpcService<BoardersService>();
        app.MapGrpcService<HandleLawLessons>();
        app.MapGrpcService<SchoolGoalsService>();
        // The student number belongs to the row, not to its kind; it travels in the data, never in an attribute that brokers log.
        app.MapCloudEvents("/v1/student-roll:push", "leftbehind.education.v1.EducationAttendance/PushStudentRoll", "cn.leftbehind.roll.", RollRow.Parser, "studentNo");
        app.MapCloudEvents("/v1/attendance:push", "leftbehind.education.v1.Attendance/PushAttendance", "cn.leftbehind.attendance.", AttendanceRow.Parser,
            "schoolNo", "classNo", "date", "session");
        app.MapCloudEvents("/v1/attendance-imports:push", "leftbehind.education.v1.Imports/PushEdFiAttendance", "cn.leftbehind.import.edfi.", EdFiRow.Parser);
    }
}
