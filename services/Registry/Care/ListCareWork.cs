using System.Buffers.Binary;
using System.Buffers.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Care;

/// <summary>The children of a division whose care lacks something, page by page.</summary>
public sealed class ListCareWork(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int MostAPage = 200;
    private const int UnaskedAPage = 50;
    private const CareLack Anything = CareLack.Carer | CareLack.Screening | CareLack.Notice | CareLack.Contact;

    public async Task<V1.CareWorkPage> AnswerAsync(V1.ListCareWorkRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        if (request.PageSize is < 0 or > MostAPage)
            throw Requests.Invalid($"page_size: 0 to {MostAPage}");
        var size = request.PageSize == 0 ? UnaskedAPage : request.PageSize;
        var lacks = request.Lacks is V1.CareLack.Unspecified ? Anything : Requests.Word<CareLack>(request.Lacks, "lacks");
        var after = Read(request.PageToken) ?? throw Requests.Invalid("page_token: not one of this list");
        var page = await CareWork.PageAsync(store, DivisionsBelow.Of(tree, division!.Value), lacks, after, size + 1, context.CancellationToken);
        return new()
        {
            NextPageToken = page.Count > size ? Written(page[size - 1].Division.Value, page[size - 1].Child) : "",
            Work =
            {
                page.Take(size).Select(w => new V1.CareWork
                {
                    ChildId = w.Child.ToString(), DivisionCode = tree.Code(w.Division).ToString(),
                    Lacks = { Enum.GetValues<CareLack>().Where(l => l is not CareLack.None && w.Lacks.HasFlag(l)).Select(l => (V1.CareLack)l) },
                }),
            },
        };
    }

    /// <summary>The row after which a page begins.</summary>
    private static (long Division, Guid Child)? Read(string text)
    {
        if (text.Length == 0)
            return (0, Guid.Empty);
        Span<byte> bytes = stackalloc byte[24];
        return text.Length == 32 && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == 24
            ? (BinaryPrimitives.ReadInt64LittleEndian(bytes), new(bytes[8..]))
            : null;
    }

    private static string Written(long division, Guid child)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, division);
        child.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }
}
