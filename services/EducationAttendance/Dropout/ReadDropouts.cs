using System.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Dropout.Reports;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.ReadLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// A case, and its written report. What names or describes the child is opened for a stated purpose only, and that is recorded in the transaction that
/// opens it, before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class ReadDropouts(EventStore store, DivisionTree tree, WorkCalendar working, PersonKeyTable personKeys)
{
    public Task<V1.DropoutCase> CaseAsync(V1.GetDropoutCaseRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.CancellationToken);
        var purpose = PersonalReads.OptionalPurpose(request.Purpose);
        return purpose.Length == 0
            ? store.ReadAsync(async work => await AnswerAsync(work, id, null, context), ct)
            : store.RunAsync(async work =>
            {
                var (pupil, key) = await OpenAsync(work, id, context);
                var answer = await AnswerAsync(work, id, key, context);
                PersonalReads.Record(work, context.GetCaller(), "dropout", purpose, PupilReads.Of(pupil));
                return answer;
            }, ct);
    }

    public Task<V1.WrittenReport> ReportAsync(V1.GetWrittenReportRequest request, ServerCallContext context)
    {
        var (id, ct) = (Requests.Id(request.PupilId, "pupil_id"), context.CancellationToken);
        var purpose = PersonalReads.Purpose(request.Purpose);
        return store.RunAsync(async work =>
        {
            var (pupil, key) = await OpenAsync(work, id, context);
            var known = await LoadAsync(work, id, ct);
            // Of an episode before, too: what was reported stays reported.
            if (known.Filed is not { } filed || await DocumentTable.ReadAsync(work, filed.Request, ct) is not { } document)
                throw new RejectedException("no written report is filed");
            if (key is null || !key.TryUnseal(document.Text, out var text))
                throw new RejectedException("the pupil's data was erased");
            PersonalReads.Record(work, context.GetCaller(), "written-report", purpose, PupilReads.Of(pupil));
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

    /// <summary>A pupil that the caller reaches, with its key.</summary>
    private async Task<(Pupil Pupil, PersonKey? Key)> OpenAsync(StoreWork work, Guid id, ServerCallContext context)
    {
        var pupil = await RequireAsync(work, id, context);
        return (pupil, (await personKeys.LoadMany(work.Connection, work.Transaction, [pupil.KeyId], context.CancellationToken)).GetValueOrDefault(pupil.KeyId));
    }
}
