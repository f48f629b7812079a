using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using Xunit;

namespace LeftBehind.ContractsTests;

/// <summary>What Platform tells of divisions, in the words in which it is stored: they only grow.</summary>
public sealed class DivisionFactsTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Document = "国函〔2020〕80号";
    private static readonly DateOnly On = new(2020, 6, 19);

    private static IDivisionChange[] Facts =>
    [
        new DivisionEstablished(Id("431003105", 2020), DivisionCode.Parse("431003105"), "新镇", Id("431003"), false, On, Document),
        new DivisionRenamed(Id("431003"), "苏仙区", On, Document),
        new DivisionRecoded(Id("220381"), DivisionCode.Parse("220184"), On, Document),
        new DivisionReparented(Id("220381"), Id("2201"), On, Document),
        new DivisionsMerged([Id("431003101201"), Id("431003101202")], Id("431003101203"), On, Document),
        new DivisionSplit(Id("431003101"), [new(Id("431003106", 2020), DivisionCode.Parse("431003106"), "分镇", [Id("431003101201")])], On, Document),
        new VillagesExtracted([Id("431003101201")], Id("431003101299", 2020), DivisionCode.Parse("431003101299"), "新村", Id("431003101"), On, Document),
        new DivisionAbolished(Id("431003101202"), On, Document),
    ];

    [Fact]
    public void Changes_are_written_as_they_were_approved_and_what_was_written_is_read()
    {
        var written = Facts.Select(f => (f, Name: NameOf(f.GetType()), Json: JsonSerializer.Serialize(f, f.GetType(), Json))).ToList();
        Assert.Equal(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "divisions.approved.txt")), written.Select(w => $"{w.Name} {w.Json}"));
        Assert.All(written, w => Assert.Equal(w.Json, JsonSerializer.Serialize(JsonSerializer.Deserialize(w.Json, w.f.GetType(), Json), w.f.GetType(), Json)));
    }

    [Fact]
    public void Every_kind_of_change_is_approved() => Assert.Equal(
        typeof(IDivisionChange).Assembly.GetTypes().Where(t => t.Namespace == typeof(IDivisionChange).Namespace && t.IsDefined(typeof(StoredNameAttribute), false)).ToHashSet(),
        Facts.Select(f => f.GetType()).ToHashSet());

    private static DivisionId Id(string code, int year = 2019) => DivisionId.Of(DivisionCode.Parse(code), year);

    private static string NameOf(Type type) => ((StoredNameAttribute)Attribute.GetCustomAttribute(type, typeof(StoredNameAttribute))!).Name;
}
