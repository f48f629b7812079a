using Grpc.Core;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>The rpcs of attendance; each line hands over to the feature it belongs to.</summary>
public sealed class AttendanceService(WayIn<AttendanceRow> way, ListMissingRolls missing) : Protos.Education.V1.Attendance.AttendanceBase
{
    public override Task PushAttendance(
        IAsyncStreamReader<AttendanceBatch> requestStream, IServerStreamWriter<BatchVerdicts> responseStream, ServerCallContext context) =>
        way.ServeAsync(requestStream, responseStream, b => b.BatchId, b => b.Rows, context);

    public override Task<MissingRolls> ListMissingRolls(ListMissingRollsRequest request, ServerCallContext context) => missing.AnswerAsync(request, context);
}
