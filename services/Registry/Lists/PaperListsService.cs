using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Lists;

/// <summary>The rpcs of paper lists; each line hands over to the feature it belongs to.</summary>
public sealed class PaperListsService(ImportPaperLists import, ExportChildren export, DivisionTree tree, TimeProvider clock) : PaperLists.PaperListsBase
{
    // What one message may hold with ease; the parts of a page.
    private const int MostOfAChunk = 64 * 1024;

    public override Task<ImportReport> ImportPaperList(ImportPaperListRequest request, ServerCallContext context) =>
        import.AnswerAsync(request, context.GetAdmission(), context.CancellationToken);

    public override Task<PaperListTemplate> GetPaperListTemplate(GetPaperListTemplateRequest request, ServerCallContext context)
    {
        context.Require(Requests.Division(tree, request.DivisionCode, clock.GetUtcNow()));
        return Task.FromResult(PaperListTemplates.Answer(request));
    }

    public override async Task ExportChildren(ExportChildrenRequest request, IServerStreamWriter<ExportChunk> responseStream, ServerCallContext context)
    {
        await foreach (var bytes in export.Begin(request, context.GetAdmission(), context.CancellationToken))
            for (var at = 0; at < bytes.Length; at += MostOfAChunk)
                await responseStream.WriteAsync(new() { Data = ByteString.CopyFrom(bytes.AsSpan(at, Math.Min(MostOfAChunk, bytes.Length - at))) }, context.CancellationToken);
    }
}
