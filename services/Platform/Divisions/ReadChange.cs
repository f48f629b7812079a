using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions;

/// <summary>A change of the protocol as the contracts' change; what cannot be read is an invalid argument that names its field.</summary>
internal static class ReadChange
{
    private const int LongestName = 50, LongestDocument = 100;

    public static IDivisionChange Of(V1.DivisionChange change, int place)
    {
        var at = $"changes[{place}]";
        var (on, document) = (Calls.Days.Read(change.EffectiveOn, $"{at}.effective_on"), Texts.DocumentNo(change.Document, $"{at}.document", 1, LongestDocument));
        return change.ChangeCase switch
        {
            V1.DivisionChange.ChangeOneofCase.Establish when change.Establish is var c && Code(c.Code, $"{at}.establish.code") is var code =>
                new DivisionEstablished(DivisionId.Of(code, on.Year), code, Name(c.Name, $"{at}.establish.name"), Id(c.ParentId, $"{at}.establish.parent_id"), c.Virtual, on, document),
            V1.DivisionChange.ChangeOneofCase.Rename when change.Rename is var c =>
                new DivisionRenamed(Id(c.DivisionId, $"{at}.rename.division_id"), Name(c.Name, $"{at}.rename.name"), on, document),
            V1.DivisionChange.ChangeOneofCase.Recode when change.Recode is var c =>
                new DivisionRecoded(Id(c.DivisionId, $"{at}.recode.division_id"), Code(c.Code, $"{at}.recode.code"), on, document),
            V1.DivisionChange.ChangeOneofCase.Reparent when change.Reparent is var c =>
                new DivisionReparented(Id(c.DivisionId, $"{at}.reparent.division_id"), Id(c.ParentId, $"{at}.reparent.parent_id"), on, document),
            V1.DivisionChange.ChangeOneofCase.Merge when change.Merge is var c =>
                new DivisionsMerged(Ids(c.DivisionIds, $"{at}.merge.division_ids"), Id(c.IntoId, $"{at}.merge.into_id"), on, document),
            V1.DivisionChange.ChangeOneofCase.Split when change.Split is var c =>
                new DivisionSplit(Id(c.DivisionId, $"{at}.split.division_id"), [.. c.Parts.Select((part, i) => Part(part, on, $"{at}.split.parts[{i}]"))], on, document),
            V1.DivisionChange.ChangeOneofCase.Extract when change.Extract is var c && Code(c.Code, $"{at}.extract.code") is var code => new VillagesExtracted(
                Ids(c.FromIds, $"{at}.extract.from_ids"), DivisionId.Of(code, on.Year), code, Name(c.Name, $"{at}.extract.name"), Id(c.ParentId, $"{at}.extract.parent_id"), on, document),
            V1.DivisionChange.ChangeOneofCase.Abolish when change.Abolish is var c => new DivisionAbolished(Id(c.DivisionId, $"{at}.abolish.division_id"), on, document),
            _ => throw Requests.Invalid($"{at}: no change"),
        };
    }

    private static DivisionPart Part(V1.Part part, DateOnly on, string at) =>
        Code(part.Code, $"{at}.code") is var code ? new(DivisionId.Of(code, on.Year), code, Name(part.Name, $"{at}.name"), Ids(part.ChildIds, $"{at}.child_ids")) : null!;

    private static string Name(string text, string field) => Texts.Readable(text, field, 1, LongestName);

    private static DivisionId Id(string text, string field) => DivisionId.TryParse(text, out var id) ? id : throw Requests.Invalid($"{field}: a code, @ and a year");

    private static DivisionId[] Ids(IEnumerable<string> texts, string field) => [.. texts.Select((text, i) => Id(text, $"{field}[{i}]"))];

    private static DivisionCode Code(string text, string field) => DivisionCode.TryParse(text, out var code) ? code : throw Requests.Invalid($"{field}: 2, 4, 6, 9 or 12 digits");
}
