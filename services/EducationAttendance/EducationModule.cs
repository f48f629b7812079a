using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EducationAttendance.Matching;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Pages;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sealing;
using LeftBehind.ServiceDefaults;

namespace LeftBehind.EducationAttendance;

/// <summary>
/// EducationAttendance (学籍 / 考勤 / 控辍保学): streams pupil; way in PushStudentRoll; listens to registry for the files of its
/// pupils and what is erased; tells every change of a pupil, and the schooling of the child behind it.
/// </summary>
public static class EducationModule
{
    public const string Schema = "education";

    public static readonly EventTypes Events = EventTypes.In(typeof(EducationModule).Assembly);

    public static void AddEducation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => DivisionTree.Load(builder.Configuration["Divisions:File"] ?? throw new InvalidOperationException("Divisions:File is missing.")));
        services.AddSealing(builder.Configuration, Schema).AddSealedToRegistry(builder.Configuration);
        services.AddSingleton<RollKeys>().AddSingleton<RollRowCheck>().AddSingleton<ReadEnrolment>().AddSingleton<TakeRoll>();
        services.AddWayIn<RollRow, RollWay>(builder.Configuration, RollRow.Parser, "platform", "registry");
        services.AddRelay<EducationRelay>("pupil");
        services.AddLane<LinkPupils, ErasePupils>();
        services.AddSingleton<ISchemaPart>(new SchemaPart(PersonKeyTable.Ddl)).AddSingleton<ISchemaPart>(new SchemaPart(ErasedNumbers.Ddl));
        builder.AddServiceDefaults(Schema, Events);
    }

    public static void MapEducation(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapGrpcService<EducationService>();
        // The student number belongs to the row, not to its kind; it travels in the data, never in an attribute that brokers log.
        app.MapCloudEvents("/v1/student-roll:push", "leftbehind.education.v1.EducationAttendance/PushStudentRoll", "cn.leftbehind.roll.", RollRow.Parser, "studentNo");
    }
}
