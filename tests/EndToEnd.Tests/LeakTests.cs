using System.Text;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Leaks;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Population;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.TestKit;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>Nothing personal is told, logged, sent or stored in the clear, whatever is pushed and however wrongly one asks.</summary>
[Collection(InOneInstallation.Name)]
public sealed class LeakTests(SharedInstallation shared)
{
    private const string County = Counties.OfLeaks;

    [Fact]
    public async Task No_personal_value_is_found_in_telemetry_logs_messages_stores_or_replies()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var overheard = await Overheard.ListenAsync(shared.Running.Services.RabbitMq.Uri, ct);
        var county = new PushedCounty(shared.Running, County);
        var comparison = await Comparison.BeginAsync(shared.Running, ct);
        await county.PushAsync();
        await comparison.IsExactAsync(county.Recounted, ct);
        var indiscretions = new Indiscretions(shared.Running, County, ct);
        await indiscretions.PushRowsAsync();
        await indiscretions.PostAsync();
        await indiscretions.ReportAsync(SharedInstallation.FirstVillage(County));
        await indiscretions.CallHotlineAsync();
        await indiscretions.CallAsync();
        Assert.NotEmpty(await RevealAsync(ct));
        await EverythingIsSentAsync(ct);

        var personal = new PersonalForms([.. PersonalValues.Of(county.Plan), .. Indiscretions.Values]);
        Assert.True(personal.Count > 10_000, $"{personal.Count}");
        Assert.All(indiscretions.Replies, r => Assert.Null(personal.FindIn(Encoding.UTF8.GetBytes(r))));
        Assert.Superset(new HashSet<string>(["registry", "education", "reporting"]), overheard.Pages.Select(p => p.Source).ToHashSet());
        Assert.All(overheard.Pages, p => Assert.Null(personal.FindIn(p.Body)));
        Assert.All(shared.Telemetry.Messages, m => Assert.Null(personal.FindIn(m)));
        foreach (var (name, bytes) in Places.Files(shared.Running.Folder))
            Assert.True(personal.FindIn(bytes) is null, $"{name}: {personal.FindIn(bytes)}");
        await foreach (var (table, text) in Places.TablesAsync(shared.Running.Services.Postgres.ConnectionString))
            Assert.True(personal.FindIn(Encoding.UTF8.GetBytes(text)) is null, $"{table}: {personal.FindIn(Encoding.UTF8.GetBytes(text))}");
    }

    [Theory]
    [InlineData("plain 欧阳测漏者 text")]
    [InlineData("json \\u6B27\\u9633\\u6D4B\\u6F0F\\u8005")]
    [InlineData("json \\u6b27\\u9633\\u6d4b\\u6f0f\\u8005")]
    [InlineData("bytes \\xe6aca7e998b3e6b58be6bc8fe88085")]
    [InlineData("base64 5qyn6Ziz5rWL5ryP6ICF")]
    public void The_search_finds_a_value_in_each_of_its_forms(string text) =>
        Assert.NotNull(new PersonalForms([Indiscretions.Name]).FindIn(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_search_finds_a_value_inside_a_longer_base64_text()
    {
        var forms = new PersonalForms([Indiscretions.Name]);
        for (var before = 0; before < 6; before++)
            Assert.NotNull(forms.FindIn(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + Indiscretions.Name + "yz")))));
    }

    /// <summary>An officer who may know reads who some children are.</summary>
    private async Task<IEnumerable<Identity>> RevealAsync(CancellationToken ct)
    {
        var officer = shared.Running.As(Department.CivilAffairs, Role.Officer, County, ct: ct);
        var subjects = await new PlatformClient(shared.Running.Channel("Platform")).ListSubjectsAsync(new() { DivisionCode = County, Measure = "onFile.verified.yes" }, officer);
        var asked = new RevealIdentitiesRequest { ChildIds = { subjects.Subjects_.Select(s => s.SubjectId) }, Purpose = "核对身份" };
        var revealed = await new Registry.RegistryClient(shared.Running.Channel("Registry")).RevealIdentitiesAsync(asked, officer);
        Assert.All(revealed.Identities, i => Assert.NotEmpty(i.Name));
        return revealed.Identities;
    }

    /// <summary>Waits until every service has sent its metrics, and so its batches of spans and logs, once more.</summary>
    private async Task EverythingIsSentAsync(CancellationToken ct)
    {
        var (traces, metrics, logs) = shared.Telemetry.Counts;
        var services = shared.Running.Services.Services.Count;
        await Eventually.IsAsync(() => Task.FromResult(shared.Telemetry.Counts), c => c.Metrics >= metrics + 3 * services, ct);
        Assert.True(traces > 0 && metrics > 0 && logs > 0, $"{shared.Telemetry.Counts}");
    }
}
