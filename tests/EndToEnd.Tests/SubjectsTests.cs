using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Protos.Registry.V1;
using Xunit;
using PlatformClient = LeftBehind.Protos.Platform.V1.Platform.PlatformClient;

namespace LeftBehind.EndToEndTests;

/// <summary>From a figure to the subjects behind it, and from a subject to what is known of it.</summary>
[Collection(InOneInstallation.Name)]
public sealed class SubjectsTests(SharedInstallation shared, CountedCounty county) : IClassFixture<CountedCounty>
{
    private RunningInstallation Running => shared.Running;

    private PlatformClient Platform => new(Running.Channel("Platform"));

    private Registry.RegistryClient Registry => new(Running.Channel("Registry"));

    private CallOptions Officer => Running.Bureau(county.Code);

    [Theory]
    [InlineData("onFile.total.all", 0, "child")]
    [InlineData("leftBehind.total.all", 7, "child")]
    [InlineData("leftBehind.schooling.primary", 1, "child")]
    [InlineData("pupil.total.all", 500, "pupil")]
    [InlineData("pupil.match.waiting", 2, "pupil")]
    public async Task The_pages_of_a_figure_hold_each_of_its_subjects_once(string measure, int pageSize, string kind)
    {
        var figures = county.Pushed.Recounted;
        foreach (var code in figures.Divisions.Where(c => c.Length >= 6 && c.StartsWith(county.Code, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(5))
        {
            var subjects = await AllAsync(code, measure, pageSize);
            Assert.Equal(figures.Of(code)[measure], subjects.Count);
            Assert.Equal(subjects.Count, subjects.DistinctBy(s => s.SubjectId).Count());
            Assert.All(subjects, s => Assert.True(s.Kind == kind && s.DivisionCode.StartsWith(code, StringComparison.Ordinal), $"{s}"));
        }
    }

    [Theory]
    [InlineData("onFile.total.all", 501, "")]
    [InlineData("onFile.total.all", -1, "")]
    [InlineData("onFile.total.all", 10, "not-a-token")]
    [InlineData("onFile.total.all", 10, "AAAA")]
    [InlineData("onFile.total.all", 10, "?!=")]
    [InlineData("onFile.total", 10, "")]
    [InlineData("", 10, "")]
    public async Task A_wrong_measure_page_size_or_page_token_is_refused(string measure, int pageSize, string token)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Platform.ListSubjectsAsync(new() { DivisionCode = county.Code, Measure = measure, PageSize = pageSize, PageToken = token }, Officer));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
    }

    [Theory]
    [InlineData("onFile.total.all", null)]
    [InlineData("onFile.schooling.droppedOut", StatusCode.PermissionDenied)]
    [InlineData("leftBehind.carer.none", StatusCode.PermissionDenied)]
    [InlineData("inDifficulty.total.all", StatusCode.PermissionDenied)]
    [InlineData("pupil.total.all", StatusCode.PermissionDenied)]
    public async Task The_police_may_name_children_and_list_none_by_what_they_may_not_read_of_them(string measure, StatusCode? refused)
    {
        var police = Running.As(Department.Police, Role.Officer, county.Code, ct: TestContext.Current.CancellationToken);
        var answer = await Record.ExceptionAsync(async () => await Platform.ListSubjectsAsync(new() { DivisionCode = county.Code, Measure = measure }, police));
        Assert.Equal(refused, (answer as RpcException)?.StatusCode);
    }

    [Fact]
    public async Task The_timeline_of_a_child_tells_what_registry_told_from_its_file_on_and_what_education_told()
    {
        var child = (await AllAsync(county.Code, "leftBehind.schooling.primary", 1))[0].SubjectId;
        var entries = (await Platform.GetTimelineAsync(new() { SubjectId = child }, Officer)).Entries;
        // Each source in its own order; which of two comes first is a matter of their lanes.
        Assert.Equal("Opened", entries.First(e => e.Service == "registry").Change);
        Assert.Contains(entries, e => e.Service == "education" && e.Change == "Primary");
        Assert.Contains(entries, e => e.Change == "ParentStatusChanged" || e.Change == "CategoryChanged");
        Assert.All(entries, e => Assert.True(DateTimeOffset.TryParse(e.OccurredAt, out _) && DateOnly.TryParse(e.EffectiveOn, out _) && e.Fact.Length > 0, $"{e}"));
    }

    [Fact]
    public async Task A_child_is_left_behind_for_reasons_that_can_be_read()
    {
        foreach (var (measure, reason) in new[] { ("leftBehind.reason.bothParentsOut", "BothParentsOut"), ("leftBehind.reason.oneOutOtherWithoutCapacity", "OneOutOtherWithoutCapacity") })
        {
            var child = (await AllAsync(county.Code, measure, 5))[0].SubjectId;
            var why = await Registry.WhyEligibleAsync(new() { ChildId = child }, Officer);
            Assert.Equal(("LeftBehind", reason), (why.Category, why.Reason));
            Assert.NotEmpty(why.RuleVersion);
            Assert.All(why.Findings, f => Assert.True(f.Basis.Length > 0 && f.Found is "yes" or "no" or "unknown", $"{f}"));
            Assert.Equal("yes", why.Findings.Single(f => f.Condition == "under 16").Found);
        }
    }

    private async Task<List<Subject>> AllAsync(string code, string measure, int pageSize)
    {
        var all = new List<Subject>();
        var token = "";
        do
        {
            var page = await Platform.ListSubjectsAsync(new() { DivisionCode = code, Measure = measure, PageSize = pageSize, PageToken = token }, Officer);
            Assert.InRange(page.Subjects_.Count, 0, pageSize == 0 ? 100 : pageSize);
            all.AddRange(page.Subjects_);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return all;
    }
}
