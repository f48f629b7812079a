using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;
using static LeftBehind.Registry.IntegrationTests.Visits.VisitStory;

namespace LeftBehind.Registry.IntegrationTests.Visits;

/// <summary>The named worker (儿童主任) of every file: the village's, unless one is named for the child alone.</summary>
public sealed class WorkersTests(RegistryServers servers)
{
    [Fact]
    public async Task The_children_of_a_village_follow_its_worker_also_those_who_come_later()
    {
        await using var story = await BeginAsync(servers);
        var missing = Assert.Single((await story.Registry.Visits.ListVillagesWithoutWorkerAsync(new() { DivisionCode = Places.County }, story.County)).Villages);
        Assert.Equal((Places.Matian, 2), (missing.VillageCode, missing.Files));

        var assign = new AssignWorkerRequest { VillageCode = Places.Matian, Account = "worker-1", Name = "陈秀英" };
        var assigned = await story.Registry.Visits.AssignWorkerAsync(assign, story.TownOfficer);
        Assert.Equal(assigned, await story.Registry.Visits.AssignWorkerAsync(assign, story.County));
        Assert.Equal(("worker-1", 1), (assigned.Account, assigned.Version));
        Assert.All([await story.FactsAsync(), await story.FactsAsync(story.Younger)], f => Assert.True(f.HasWorker));
        Assert.Empty((await story.Registry.Visits.ListVillagesWithoutWorkerAsync(new() { DivisionCode = Places.County }, story.County)).Villages);
        var read = await story.ReadAsync();
        Assert.Equal(("worker-1", "陈秀英", 1), (read.WorkerAccount, read.WorkerName, read.WorkerVersion));
        Assert.Empty(await story.Registry.ColumnAsync("select id::text from registry.mt_events where data::text like '%陈秀英%'"));
        // Neither duty was touched: who visits changes nothing about when.
        Assert.Equal(["obligation_opened"], await story.DutiesAsync());

        var later = (await story.Feed.TakeAsync(story.Feed.Household("h2"), story.Feed.Member("h2", "later", "赵小河")))[1];
        Assert.Equal(new VisitFact("None", "None", null, false, false, true), await story.FactsAsync(later));
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(new(assign) { Account = "worker-2" }, story.TownOfficer)));
        await story.Registry.Visits.AssignWorkerAsync(new() { VillageCode = Places.Matian, ExpectedVersion = 1 }, story.TownOfficer);
        Assert.All([await story.FactsAsync(), await story.FactsAsync(later)], f => Assert.False(f.HasWorker));
        Assert.Equal(3, (await story.Registry.Visits.ListVillagesWithoutWorkerAsync(new() { DivisionCode = Places.Matian }, story.Worker)).Villages.Single().Files);
    }

    [Fact]
    public async Task A_worker_named_for_one_child_goes_before_the_villages_and_stays_behind_when_it_moves()
    {
        await using var story = await BeginAsync(servers);
        await story.Registry.Visits.AssignWorkerAsync(new() { VillageCode = Places.Matian, Account = "worker-1", Name = "陈秀英" }, story.TownOfficer);
        var version = (await story.ReadAsync()).Version;
        var assign = new AssignWorkerRequest { ChildId = story.Elder, Account = "worker-9", Name = "刘建国", ExpectedVersion = version };
        Assert.Equal(StatusCode.Aborted, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(new(assign) { ExpectedVersion = version - 1 }, story.TownOfficer)));
        var named = await story.Registry.Visits.AssignWorkerAsync(assign, story.TownOfficer);
        Assert.Equal(named, await story.Registry.Visits.AssignWorkerAsync(assign, story.TownOfficer));
        Assert.Equal(("worker-9", "刘建国"), ((await story.ReadAsync()).WorkerAccount, (await story.ReadAsync()).WorkerName));
        Assert.Equal("worker-1", (await story.ReadAsync(story.Younger)).WorkerAccount);
        await story.Feed.TakeAsync(story.Feed.Household("h1", Places.Neighbour));
        Assert.Equal("", (await story.ReadAsync()).WorkerAccount);
        Assert.False((await story.FactsAsync()).HasWorker);
        await story.Registry.Visits.AssignWorkerAsync(new() { ChildId = story.Elder, Account = "worker-5", Name = "黄丽", ExpectedVersion = (await story.ReadAsync()).Version }, story.TownOfficer);
        Assert.True((await story.FactsAsync()).HasWorker);
        var gone = await story.Registry.Visits.AssignWorkerAsync(new() { ChildId = story.Elder, ExpectedVersion = (await story.ReadAsync()).Version }, story.TownOfficer);
        Assert.Equal((false, ""), ((await story.FactsAsync()).HasWorker, gone.Account));
    }

    [Fact]
    public async Task Who_is_not_of_the_town_or_county_names_nobody_and_a_wrong_field_is_named()
    {
        await using var story = await BeginAsync(servers);
        var assign = new AssignWorkerRequest { VillageCode = Places.Matian, Account = "worker-1", Name = "陈秀英" };
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(assign, story.Worker)));
        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(assign, story.Registry.AsOfficer(department: Department.Police))));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(assign, story.Elsewhere)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(new(assign) { ChildId = $"{Guid.NewGuid()}" }, story.County)));
        foreach (var bad in (AssignWorkerRequest[])
            [new() { Account = "w", Name = "n" }, new(assign) { VillageCode = "431003101" }, new(assign) { VillageCode = "x" }, new(assign) { Account = "13800001111" }, new(assign) { Name = "" },
                new(assign) { Account = "" }, new(assign) { ExpectedVersion = -1 }, new(assign) { Name = new string('名', 101) }])
            Assert.Equal(StatusCode.InvalidArgument, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(bad, story.TownOfficer)));
        var version = (await story.Registry.Client.WhyEligibleAsync(new() { ChildId = story.Elder }, story.County)).Version;
        await story.Registry.Client.CloseFileAsync(new() { ChildId = story.Elder, Reason = CloseReason.CloseMovedAway, ExpectedVersion = version }, story.County);
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(async () => await story.Registry.Visits.AssignWorkerAsync(new(assign) { ChildId = story.Elder, ExpectedVersion = 2 }, story.County)));
        Assert.Empty(await story.Registry.ColumnAsync("select account from registry.village_worker"));
    }
}
