using Google.Protobuf.Collections;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Registry.Hazards.Findings;
using V1 = LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.Hazards.Screenings;

/// <summary>A hazard as a screening tells it; its id follows from the request, so that a repeat names the same.</summary>
internal sealed record FoundHazard(Guid Id, HazardKind Kind, HazardPlace Place, string Note);

/// <summary>What was found of one child; nothing when it is safe.</summary>
internal sealed record ScreenedRow(Guid Child, IReadOnlyList<FoundHazard> Hazards);

/// <summary>A screening of one village as it was asked for, each field read.</summary>
internal sealed record ScreeningBatch(
    Guid Request, Guid Campaign, DivisionId Village, DateOnly On, IReadOnlyList<ScreenedRow> Children, IReadOnlyList<FoundHazard> Places)
{
    private const int MostChildren = 200, MostHazardsOfAChild = 10, MostPlaces = 50, LongestNote = 500;

    public static ScreeningBatch Read(V1.RecordScreeningRequest request, DivisionTree tree, string caller, DateTimeOffset now)
    {
        var id = Requests.Id(request.RequestId, "request_id");
        if (request.Children.Count > MostChildren)
            throw Requests.Invalid($"children: {MostChildren} at most");
        if (request.Children.Count + request.Places.Count == 0)
            throw Requests.Invalid("children: a child or a place is required");
        return new(
            CallMeta.StreamOf("screening", caller, id), Requests.Id(request.CampaignId, "campaign_id"),
            Requests.Place(tree, request.VillageCode, now, DivisionLevel.Village), Days.Read(request.ScreenedOn, "screened_on"),
            [.. request.Children.Select((c, i) => Child(c, $"children[{i}]"))],
            Hazards(request.Places, "places", MostPlaces, n => CallMeta.StreamOf($"hazard/place/{n}", caller, id)));

        ScreenedRow Child(V1.ScreenedChild row, string field)
        {
            var child = Requests.Id(row.ChildId, $"{field}.child_id");
            return new(child, Hazards(row.Hazards, $"{field}.hazards", MostHazardsOfAChild, n => CallMeta.StreamOf($"hazard/{child:N}/{n}", caller, id)));
        }
    }

    private static List<FoundHazard> Hazards(RepeatedField<V1.FoundHazard> told, string field, int most, Func<int, Guid> idOf) =>
        told.Count > most ? throw Requests.Invalid($"{field}: {most} at most")
        : [.. told.Select((h, i) => new FoundHazard(
            idOf(i), Requests.Word<HazardKind>(h.Kind, $"{field}[{i}].kind"), Requests.Word<HazardPlace>(h.Place, $"{field}[{i}].place"),
            Texts.Prose(h.Note, $"{field}[{i}].note", 0, LongestNote)))];
}
