using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.Population;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>
/// The people of one county, drawn and recounted, and the two partners that answer for it: a small population with everything
/// in it that a large one has, late, bad and repeated rows as well.
/// </summary>
internal sealed class PushedCounty
{
    private readonly RunningInstallation running;
    private readonly string code;

    public PushedCounty(RunningInstallation running, string code, int seed = 7, int households = 300, int pupils = 400)
    {
        (this.running, this.code) = (running, code);
        Plan = new(SharedInstallation.Tree, seed, WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()), households, pupils, leftBehind: pupils / 4, code, batchSize: 50);
        Households = [.. Plan.FirstLoad.Households.Batches, .. Plan.Changes.Households.Batches];
        Roll = [.. Plan.FirstLoad.Roll.Batches, .. Plan.Changes.Roll.Batches];
        Recounted = new Recount(SharedInstallation.Tree, code, Plan.Today).Take(Plan.FirstLoad).Take(Plan.Changes).On(Plan.Today);
    }

    public PopulationPlan Plan { get; }

    public string Code => code;

    public IReadOnlyList<HouseholdBatch> Households { get; }

    public IReadOnlyList<RollBatch> Roll { get; }

    /// <summary>What the figures must be in the end, counted from the rows alone.</summary>
    public RecountedFigures Recounted { get; }

    /// <summary>Each county has source systems of its own, so that its event ids are nobody else's.</summary>
    public string PopulationBase => Counties.PopulationBase(code);

    public string StudentRoll => Counties.StudentRoll(code);

    public Partner<HouseholdBatch> NewPopulationBase() => new(Households, OpenHouseholds);

    public Partner<RollBatch> NewStudentRoll() => new(Roll, OpenRoll);

    /// <summary>Both partners push everything, side by side.</summary>
    public async Task<IReadOnlyList<RowVerdict>> PushAsync()
    {
        var (households, roll) = (NewPopulationBase(), NewStudentRoll());
        await Task.WhenAll(households.PushAsync(), roll.PushAsync());
        return [.. households.Answers.Concat(roll.Answers).SelectMany(a => a.Rows)];
    }

    private AsyncDuplexStreamingCall<HouseholdBatch, BatchVerdicts> OpenHouseholds() =>
        new Registry.RegistryClient(running.Channel("Registry")).PushHouseholds(running.As(Department.Partner, Role.Partner, code, PopulationBase));

    private AsyncDuplexStreamingCall<RollBatch, BatchVerdicts> OpenRoll() =>
        new EducationAttendance.EducationAttendanceClient(running.Channel("EducationAttendance")).PushStudentRoll(running.As(Department.Partner, Role.Partner, code, StudentRoll));
}
