using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Platform.V1;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>The figures of a county as different callers see them.</summary>
[Collection(InOneInstallation.Name)]
public sealed class FiguresTests(SharedInstallation shared, CountedCounty county) : IClassFixture<CountedCounty>
{
    private RunningInstallation Running => shared.Running;

    private PlatformClient Platform => new(Running.Channel("Platform"));

    private RecountedFigures Recounted => county.Pushed.Recounted;

    private CallOptions ProvinceOfficer => Running.Bureau("43");

    private CallOptions CountyOfficer => Running.Bureau(county.Code);

    /// <summary>A town with several villages in which somebody is counted.</summary>
    private string Town => Recounted.Divisions.Where(c => c.Length == 9 && c.StartsWith(county.Code, StringComparison.Ordinal))
        .First(town => Recounted.Divisions.Count(c => c.Length == 12 && c.StartsWith(town, StringComparison.Ordinal)) > 3);

    [Fact]
    public async Task The_county_sees_every_village_of_a_town_and_the_province_sees_small_ones_merged()
    {
        var full = await Platform.GetFiguresAsync(new() { DivisionCode = Town }, CountyOfficer);
        Assert.DoesNotContain(full.Children, c => c.Merged);
        Assert.All(full.Children, c => Assert.Equal(NonZero(Recounted.Of(c.Division.Code)), Values(c)));

        var merged = await Platform.GetFiguresAsync(new() { DivisionCode = Town }, ProvinceOfficer);
        Assert.Equal(Values(full.Division), Values(merged.Division));
        Assert.All(merged.Children.Where(c => !c.Merged).SelectMany(c => c.Figures), f => Assert.False(f.Value is 1 or 2, f.Measure));
        var others = Assert.Single(merged.Children, c => c.Merged);
        Assert.True(others.MergedVillages >= 2 && others.Division is null, $"{others.MergedVillages} merged");
        Assert.Equal(full.Children.Count, merged.Children.Count - 1 + others.MergedVillages);
        // The town's own duties are counted in none of its villages.
        Assert.Equal(Values(full.Division).Where(f => !f.Key.StartsWith("obligation.", StringComparison.Ordinal)).ToDictionary(),
            merged.Children.SelectMany(c => c.Figures).GroupBy(f => f.Measure).ToDictionary(g => g.Key, g => g.Sum(f => f.Value)));
    }

    [Fact]
    public async Task A_village_that_is_merged_is_not_shown_by_itself_either()
    {
        var shown = (await Platform.GetFiguresAsync(new() { DivisionCode = Town }, ProvinceOfficer)).Children.Where(c => !c.Merged).Select(c => c.Division.Code);
        var full = await Platform.GetFiguresAsync(new() { DivisionCode = Town }, CountyOfficer);
        var hidden = full.Children.Select(c => c.Division.Code).Except(shown).First();
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(() => Platform.GetFiguresAsync(new() { DivisionCode = hidden }, ProvinceOfficer)));
    }

    [Theory]
    [InlineData("434242", StatusCode.NotFound)]
    [InlineData("44", StatusCode.NotFound)]
    [InlineData("431002", StatusCode.NotFound)]
    [InlineData("4310", StatusCode.NotFound)]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData("12345", StatusCode.InvalidArgument)]
    [InlineData("43100x", StatusCode.InvalidArgument)]
    public async Task A_division_that_is_unknown_elsewhere_or_no_code_is_refused(string code, StatusCode expected) =>
        Assert.Equal(expected, await RefusedAsync(() => Platform.GetFiguresAsync(new() { DivisionCode = code }, CountyOfficer)));

    [Fact]
    public async Task An_unknown_population_or_dimension_is_refused_and_known_ones_narrow_the_answer()
    {
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => Platform.GetFiguresAsync(new() { DivisionCode = county.Code, Populations = { "nobody" } }, CountyOfficer)));
        Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(() => Platform.GetFiguresAsync(new() { DivisionCode = county.Code, Dimensions = { "height" } }, CountyOfficer)));
        var narrow = await Platform.GetFiguresAsync(new() { DivisionCode = county.Code, Populations = { "leftBehind" }, Dimensions = { "total" } }, CountyOfficer);
        Assert.Equal(Recounted.Of(county.Code)["leftBehind.total.all"], Assert.Single(narrow.Division.Figures).Value);
        Assert.Equal(["Province", "City", "County"], narrow.Path.Select(d => d.Level));
    }

    private static Dictionary<string, long> Values(DivisionFigures division) => division.Figures.ToDictionary(f => f.Measure, f => f.Value);

    private static Dictionary<string, long> NonZero(IReadOnlyDictionary<string, long> figures) => figures.Where(f => f.Value != 0).ToDictionary();

    private static async Task<StatusCode> RefusedAsync(Func<AsyncUnaryCall<Figures>> call) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await call())).StatusCode;
}
