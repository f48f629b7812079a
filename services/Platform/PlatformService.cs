using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.OfficialTable;
using LeftBehind.Platform.Operations;
using LeftBehind.Platform.Rebuild;
using LeftBehind.Platform.Subjects;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform;

/// <summary>Platform's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class PlatformService(GetFigures figures, GetOfficialTable table, ExportFigures export, ListSubjects subjects, GetTimeline timeline, Reconcile reconcile, RebuildFigures rebuild)
    : Protos.Platform.V1.Platform.PlatformBase
{
    // What one message may hold with ease.
    private const int MostOfAPiece = 64 * 1024;

    public override Task<Protos.Platform.V1.Figures> GetFigures(GetFiguresRequest request, ServerCallContext context) => figures.AnswerAsync(request, context);

    public override Task<Protos.Platform.V1.OfficialTable> GetOfficialTable(GetOfficialTableRequest request, ServerCallContext context) => table.AnswerAsync(request, context);

    public override async Task ExportFigures(ExportFiguresRequest request, IServerStreamWriter<FigureChunk> responseStream, ServerCallContext context)
    {
        await foreach (var bytes in await export.BeginAsync(request, context.GetAdmission(), context.CancellationToken))
            foreach (var piece in bytes.Chunk(MostOfAPiece))
                await responseStream.WriteAsync(new() { Data = UnsafeByteOperations.UnsafeWrap(piece) }, context.CancellationToken);
    }

    public override Task<Protos.Platform.V1.Subjects> ListSubjects(ListSubjectsRequest request, ServerCallContext context) => subjects.AnswerAsync(request, context);

    public override Task<Timeline> GetTimeline(GetTimelineRequest request, ServerCallContext context) => timeline.AnswerAsync(request, context);

    public override Task<Reconciliation> Reconcile(ReconcileRequest request, ServerCallContext context) => reconcile.AnswerAsync(context.CancellationToken);

    public override Task RebuildFigures(RebuildFiguresRequest request, IServerStreamWriter<RebuildProgress> responseStream, ServerCallContext context) =>
        rebuild.RunAsync(request, progress => responseStream.WriteAsync(progress, context.CancellationToken), context.CancellationToken);
}
