using System.Buffers.Binary;
using System.Buffers.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Matching;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Findings;

/// <summary>What a division still has to rectify, page by page, due first.</summary>
public sealed class ListHazards(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int MostAPage = 200;
    private const int UnaskedAPage = 50;

    public async Task<V1.Hazards> AnswerAsync(V1.ListHazardsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        if (request.PageSize is < 0 or > MostAPage)
            throw Requests.Invalid($"page_size: 0 to {MostAPage}");
        var (size, ct) = (request.PageSize == 0 ? UnaskedAPage : request.PageSize, context.CancellationToken);
        var after = Place.Read(request.PageToken) ?? throw Requests.Invalid("page_token: not one of this list");
        var page = await HazardTable.OpenAsync(store, DivisionsBelow.Of(tree, division!.Value), Requests.OptionalId(request.CampaignId, "campaign_id"),
            after.Day, after.Hazard, size + 1, ct);
        var hazards = await store.ReadAsync<Hazard>(page, ct);
        var shown = page.Take(size).Select(id => hazards[id]).ToList();
        return new()
        {
            Hazards_ = { shown.Where(h => h.IsOpen).Select(h => HazardAnswer.Of(h, tree)) },
            NextPageToken = page.Count > size ? new Place(shown[^1].Facts!.DueOn ?? shown[^1].Facts!.FoundOn, shown[^1].Id).ToString() : "",
        };
    }

    /// <summary>The row after which a page begins.</summary>
    private readonly record struct Place(DateOnly Day, Guid Hazard)
    {
        private const int Bytes = 20;

        public static Place? Read(string text)
        {
            if (text.Length == 0)
                return new(DateOnly.MinValue, Guid.Empty);
            Span<byte> bytes = stackalloc byte[Bytes];
            // Asked before decoding, which throws for characters outside the alphabet.
            if (!Base64Url.IsValid(text, out var length) || length != Bytes)
                return null;
            Base64Url.DecodeFromChars(text, bytes);
            return BinaryPrimitives.ReadInt32LittleEndian(bytes) is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber
                ? new(DateOnly.FromDayNumber(day), new(bytes[4..]))
                : null;
        }

        public override string ToString()
        {
            Span<byte> bytes = stackalloc byte[Bytes];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, Day.DayNumber);
            Hazard.TryWriteBytes(bytes[4..]);
            return Base64Url.EncodeToString(bytes);
        }
    }
}
