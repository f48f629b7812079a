using Grpc.Core;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Operations;
using LeftBehind.Platform.Subjects;
using LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform;

/// <summary>Platform's rpcs; each line hands over to the feature it belongs to.</summary>
public sealed class PlatformService(GetFigures figures, ListSubjects subjects, GetTimeline timeline, Reconcile reconcile)
    : Protos.Platform.V1.Platform.PlatformBase
{
    public override Task<Protos.Platform.V1.Figures> GetFigures(GetFiguresRequest request, ServerCallContext context) => figures.AnswerAsync(request, context);

    public override Task<Protos.Platform.V1.Subjects> ListSubjects(ListSubjectsRequest request, ServerCallContext context) => subjects.AnswerAsync(request, context);

    public override Task<Timeline> GetTimeline(GetTimelineRequest request, ServerCallContext context) => timeline.AnswerAsync(request, context);

    public override Task<Reconciliation> Reconcile(ReconcileRequest request, ServerCallContext context) => reconcile.AnswerAsync(context.CancellationToken);
}
