using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout.Reports;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// A case, and its written report. What names or describes the child is opened for a stated purpose only, and that is recorded in the transaction that
/// opens it, before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class ReadDropouts(EventStore store, DivisionTree tree, WorkCalendar working, PersonKeyTable personKeys, TimeProvider clock)
{
    private const int LeastPurpose = 4, LongestPurpose = 200;

    public Task<V1.DropoutCase> CaseAsync(V1.GetDropoutCaseRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.CancellationToken);
        var purpose = request.Purpose.Length > 0 ? Texts.Readable(request.Purpose, "purpose", LeastPurpose, LongestPurpose) : "";
        return purpose.Length == 0
            ? store.ReadAsync(async work => await AnswerAsync(work, id, null, context), ct)
            : store.RunAsync(async work =>
            {
                var answer = await AnswerAsync(work, id, await KeyAsync(work, id, context), context);
                Note(work, context.GetCaller(), purpose, id, null);
                return answer;
            }, ct);
    }

    public Task<V1.WrittenReport> ReportAsync(V1.GetWrittenReportRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.CancellationToken);
        var purpose = Texts.Readable(request.Purpose, "purpose", LeastPurpose, LongestPurpose);
        return store.RunAsync(async work =>
        {
            var key = await KeyAsync(work, id, context);
            var known = await LoadAsync(work, id, ct);
            // Of an episode before, too: what was reported stays reported.
            if (known.Filed is not { } filed || await DocumentTable.ReadAsync(work, filed.Request, ct) is not { } document)
                throw new RejectedException("no written report is filed");
            if (key is null || !key.TryUnseal(document.Text, out var text))
                throw new RejectedException("the pupil's data was erased");
            Note(work, context.GetCaller(), purpose, id, filed.Request);
            return new V1.WrittenReport
            {
                PupilId = id.ToString(), DocumentNo = filed.DocumentNo, On = TermText.Written(filed.On), Text = Encoding.UTF8.GetString(text),
                Pdf = document.Pdf is { } pdf && key.TryUnseal(pdf, out var pages) ? Google.Protobuf.ByteString.CopyFrom(pages) : Google.Protobuf.ByteString.Empty,
            };
        }, ct);
    }

    private async Task<V1.DropoutCase> AnswerAsync(StoreWork work, Guid id, PersonKey? key, ServerCallContext context)
    {
        if (key is null)
            await RequireAsync(work, id, context);
        var known = await LoadAsync(work, id, context.CancellationToken);
        if (known.Facts is null)
            throw ScopeGuard.NotFound();
        var calendar = TermCalendar.IdOf(tree.Path(known.School).First(d => tree.Level(d) is Contracts.DivisionLevel.County));
        var days = (await work.LoadAsync<TermCalendar>([calendar], context.CancellationToken))[calendar].Days(working);
        return DropoutAnswer.Of(known, tree, days, key is null ? null : step => FileReports.NoteOf(step, key));
    }

    private static async Task<DropoutCase> LoadAsync(StoreWork work, Guid pupil, CancellationToken ct)
    {
        var id = DropoutCase.IdOf(pupil);
        return (await work.LoadAsync<DropoutCase>([id], ct))[id];
    }

    private static async Task<Pupil> RequireAsync(StoreWork work, Guid id, ServerCallContext context)
    {
        var pupil = (await work.LoadAsync<Pupil>([id], context.CancellationToken))[id];
        context.RequirePupil(pupil);
        return pupil;
    }

    /// <summary>The key of a pupil that the caller reaches.</summary>
    private async Task<PersonKey?> KeyAsync(StoreWork work, Guid id, ServerCallContext context)
    {
        var pupil = await RequireAsync(work, id, context);
        return (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], context.CancellationToken)).GetValueOrDefault(pupil.KeyId);
    }

    private void Note(StoreWork work, Caller caller, string purpose, Guid pupil, Guid? document) => work.Beside(
        $"insert into {work.Schema}.dropout_read (at, caller, department, role, division, purpose, pupil, document) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        clock.GetUtcNow().ToUniversalTime(), caller.Subject, caller.Department.ToString(), caller.Role.ToString(), caller.Division.ToString(), purpose, pupil,
        new Npgsql.NpgsqlParameter { Value = (object?)document ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
}
