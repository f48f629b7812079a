using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Reads.V1;
using LeftBehind.TestKit;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Who read which child, when and for what, as a query.</summary>
public sealed class ReadLogTests(RegistryServers servers) : IAsyncLifetime
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 5, 6, 1, 0, 0, TimeSpan.Zero));
    private RunningRegistry registry = null!;

    private PersonalReads.PersonalReadsClient Reads => new(registry.Channel);

    public async ValueTask InitializeAsync() => registry = await servers.StartAsync(clock);

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task A_county_asks_who_read_a_child_by_whom_when_and_for_what_page_by_page()
    {
        var feed = new Feed(registry, "source-a", Places.County);
        var child = (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", "李小禾")))[1];
        var other = (await feed.TakeAsync(feed.Household("h2"), feed.Member("h2", "c2", "王小苗")))[1];
        var began = clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            await RevealAsync($"入户核实{i}", $"worker-{i}", child);
            clock.Advance(TimeSpan.FromHours(1));
        }
        await RevealAsync("一并核对", "worker-0", child, other);

        Assert.Equal(["入户核实0", "入户核实1", "入户核实2", "一并核对"], await PurposesAsync(new() { SubjectId = child }));
        Assert.Equal(["一并核对"], await PurposesAsync(new() { SubjectId = other }));
        Assert.Equal(["入户核实0", "一并核对"], await PurposesAsync(new() { SubjectId = child, Reader = "worker-0" }));
        Assert.Equal(["入户核实1"], await PurposesAsync(new() { Since = Written(began.AddHours(1)), Until = Written(began.AddHours(2)) }));
        var read = (await Reads.ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = child, PageSize = 1 }, registry.AsOfficer())).Reads.Single();
        Assert.Equal(("worker-0", "civil-affairs", "officer", Places.County, "identity", Written(began)),
            (read.Reader, read.Department, read.Role, read.ReaderDivisionCode, read.What, read.At));
        Assert.Equal([child], read.SubjectIds);
        Assert.Empty((await Reads.ListReadsAsync(new() { DivisionCode = Places.NextCounty }, registry.AsOfficer(Places.NextCounty))).Reads);

        var (token, pages) = ("", new List<string>());
        do
        {
            var page = await Reads.ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = child, PageSize = 3, PageToken = token }, registry.AsOfficer());
            pages.AddRange(page.Reads.Select(r => r.Purpose));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(["入户核实0", "入户核实1", "入户核实2", "一并核对"], pages);
    }

    [Fact]
    public async Task Only_civil_affairs_of_the_county_asks_and_what_cannot_be_read_is_named()
    {
        foreach (var (department, role, division, status) in ((Department, Role, string, StatusCode)[])
        [
            (Department.Police, Role.Officer, Places.County, StatusCode.PermissionDenied),
            (Department.CivilAffairs, Role.Officer, Places.Matian, StatusCode.PermissionDenied),
            (Department.CivilAffairs, Role.Officer, "4310", StatusCode.PermissionDenied),
            (Department.Platform, Role.Operations, "43", StatusCode.PermissionDenied),
            (Department.CivilAffairs, Role.Officer, Places.NextCounty, StatusCode.NotFound),
        ])
            Assert.Equal(status, await RefusedAsync(new() { DivisionCode = Places.County }, registry.As(department, role, division)));
        foreach (var bad in (ListReadsRequest[])[new() { SubjectId = "李小禾" }, new() { Since = "昨天" }, new() { Until = "2026-13-01" }, new() { PageSize = 201 }, new() { PageToken = "x" }, new() { Reader = new('x', 201) }])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(new(bad) { DivisionCode = Places.County }, registry.AsOfficer()));
    }

    [Fact]
    public async Task That_somebody_was_looked_for_is_known_even_when_nobody_was_found()
    {
        await registry.Client.SearchChildrenAsync(new() { Name = "查无此人", DivisionCode = Places.Matian, Purpose = "核对走访对象" }, registry.AsOfficer());
        var read = Assert.Single((await Reads.ListReadsAsync(new() { DivisionCode = Places.Matian }, registry.AsOfficer())).Reads);
        Assert.Equal(("search", Places.Matian, 0), (read.What, read.DivisionCode, read.SubjectIds.Count));
    }

    [Fact]
    public async Task Reads_of_the_table_before_are_moved_over_once_and_that_is_dropped_when_it_is_empty()
    {
        var child = Guid.NewGuid();
        await RunAsync("""
            create table registry.identity_read (
                at timestamptz not null default now(), caller text not null, department text not null, role text not null,
                division text not null, purpose text not null, children uuid[] not null)
            """);
        await RunAsync($"insert into registry.identity_read values (now(), 'user-1', 'CivilAffairs', 'TownOfficer', '431003110@2023', '入户核实', array['{child}'::uuid])");
        await registry.MigrateAsync();
        // Written by a replica of the release before, after the migration.
        await RunAsync($"insert into registry.identity_read values (now(), 'user-2', 'Police', 'Officer', '431003@2023', '核查身份', array['{child}'::uuid])");
        await registry.MigrateAsync();
        var reads = (await Reads.ListReadsAsync(new() { DivisionCode = Places.County, SubjectId = $"{child}" }, registry.AsOfficer())).Reads;
        Assert.Equal(["user-1 town-officer 431003110 earlier 431003110", "user-2 officer 431003 earlier 431003"], reads.Select(r => $"{r.Reader} {r.Role} {r.ReaderDivisionCode} {r.What} {r.DivisionCode}"));
        await registry.MigrateAsync();
        Assert.Equal(["gone"], await registry.ColumnAsync("select coalesce(to_regclass('registry.identity_read')::text, 'gone')"));
    }

    private async Task RevealAsync(string purpose, string account, params string[] children) =>
        await registry.Client.RevealIdentitiesAsync(new() { ChildIds = { children }, Purpose = purpose }, registry.AsAccount(account, Places.County));

    private async Task<List<string>> PurposesAsync(ListReadsRequest request) =>
        [.. (await Reads.ListReadsAsync(new(request) { DivisionCode = Places.County }, registry.AsOfficer())).Reads.Select(r => r.Purpose)];

    private async Task<StatusCode> RefusedAsync(ListReadsRequest request, CallOptions options) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Reads.ListReadsAsync(request, options))).StatusCode;

    private async Task RunAsync(string sql)
    {
        await using var command = registry.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string Written(DateTimeOffset time) => Calls.Requests.Written(time);
}
