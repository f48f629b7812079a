using LeftBehind.Calls;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Instruments;

/// <summary>An instrument as the protocol writes it, and back.</summary>
internal static class InstrumentWords
{
    private const int Longest = 500;

    public static InstrumentContent Read(V1.PublishInstrumentRequest request) => new(
        request.Code, Requests.Word<InstrumentKind>(request.Kind, "kind"), Text(request.Title, "title"), Text(request.Basis, "basis"),
        [.. request.Domains.Select((d, i) => new InstrumentDomain(d.Code, Text(d.Title, $"domains[{i}].title"), d.Weight))],
        [.. request.Items.Select((d, i) => new InstrumentItem(d.Code, d.Domain, Text(d.Text, $"items[{i}].text"), d.Most, d.Weight,
            Requests.Word<Orientation>(d.Orientation, $"items[{i}].orientation"), d.Required, Text(d.Source, $"items[{i}].source")))],
        [.. request.CutOffs.Select(c => new CutOff(c.Outcome, c.From, c.To))],
        [.. request.Triggers.Select((t, i) => new HardTrigger(t.Item, t.Points, t.Outcome, Text(t.Source, $"triggers[{i}].source")))]);

    public static V1.Instrument Written(InstrumentPublished published)
    {
        var content = published.Content;
        return new()
        {
            Code = content.Code, Kind = KindOf(content.Kind), Title = content.Title, Basis = content.Basis, Version = published.Number,
            PublishedAt = Requests.Written(published.At),
            Domains = { content.Domains.Select(d => new V1.InstrumentDomain { Code = d.Code, Title = d.Title, Weight = d.Weight }) },
            Items =
            {
                content.Items.Select(i => new V1.InstrumentItem
                {
                    Code = i.Code, Domain = i.Domain, Text = i.Text, Most = i.Most, Weight = i.Weight, Required = i.Required, Source = i.Source,
                    Orientation = Enum.Parse<V1.Orientation>(i.Orientation.ToString()),
                }),
            },
            CutOffs = { content.CutOffs.Select(c => new V1.CutOff { Outcome = c.Outcome, From = c.From, To = c.To }) },
            Triggers = { content.Triggers.Select(t => new V1.HardTrigger { Item = t.Item, Points = t.Points, Outcome = t.Outcome, Source = t.Source }) },
        };
    }

    public static V1.InstrumentKind KindOf(InstrumentKind kind) => Enum.Parse<V1.InstrumentKind>(kind.ToString());

    /// <summary>Whether it is too short, the instrument's own rules say.</summary>
    private static string Text(string text, string field) => Texts.Readable(text, field, 0, Longest);
}
