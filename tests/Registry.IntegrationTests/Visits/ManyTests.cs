using System.Diagnostics;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.IntegrationTests.Visits;

/// <summary>Many children at once: what follows costs a constant number of statements.</summary>
public sealed class ManyTests(RegistryServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pushed_batch_opens_the_duties_of_five_hundred_children_with_as_many_statements_as_of_five()
    {
        await using var story = await VisitStory.BeginAsync(servers);
        var (few, many) = (await PushedAsync(story, "few", 5), await PushedAsync(story, "many", 500));
        Assert.Equal(507, int.Parse((await story.Registry.ColumnAsync("select count(*)::text from registry.obligation_due where kind = 'registry.visit'"))[0], null));
        Assert.Equal(507, int.Parse((await story.Registry.ColumnAsync("select count(*)::text from registry.child_visits where due_at is not null"))[0], null));
        var ofFew = await StatementsOfClosingAsync(story, few);
        Assert.Equal(ofFew, await StatementsOfClosingAsync(story, many));
        Assert.InRange(ofFew, 1, 12);
        Assert.Equal(0, await StatementsAsync(story, async work => await story.Registry.Service<VisitDuties>().FollowAsync(work, [], Meta, ct)));
    }

    [Fact]
    public async Task Files_without_a_row_get_theirs_at_migration_and_a_second_run_changes_nothing()
    {
        await using var story = await VisitStory.BeginAsync(servers);
        var plain = (await story.Feed.TakeAsync(story.Feed.Household("h2"), story.Feed.Member("h2", "plain", "赵小河")))[1];
        await story.Registry.ColumnAsync("delete from registry.child_visits where child = $1", Guid.Parse(plain));
        var begin = new BeginVisits(story.Registry.Service<EventStore>(), story.Registry.Service<VisitDuties>(), story.Clock);
        await begin.RunAsync(ct);
        await begin.RunAsync(ct);
        Assert.Equal(["0"], await story.Registry.ColumnAsync("select version::text from registry.child_visits where child = $1", Guid.Parse(plain)));
        Assert.Equal(["visit_plan_changed"], await story.EventsAsync());
    }

    /// <summary>Families of one child left behind each, in batches as large as allowed.</summary>
    private static async Task<List<Guid>> PushedAsync(VisitStory story, string name, int count)
    {
        var children = new List<Guid>();
        foreach (var families in Enumerable.Range(0, count).Chunk(200))
        {
            var subjects = await story.Feed.TakeAsync(families.SelectMany(i => story.Feed.Family($"{name}{i}")));
            children.AddRange(subjects.Chunk(5).Select(f => Guid.Parse(f[1])));
        }
        return children;
    }

    /// <summary>All of their files are closed at once, so that each duty is waived, and opened again.</summary>
    private async Task<int> StatementsOfClosingAsync(VisitStory story, List<Guid> ids)
    {
        var files = (await story.Registry.Service<EventStore>().ReadAsync<Child>(ids, ct)).Values.ToList();
        var closed = files.ConvertAll(f => f with { Facts = f.Facts with { State = FileState.MovedAway, Category = ChildCategory.None } });
        var closing = await StatementsAsync(story, work => story.Registry.Service<VisitDuties>().FollowAsync(work, closed, Meta, ct));
        Assert.Equal(0, int.Parse((await story.Registry.ColumnAsync("select count(*)::text from registry.obligation_due where subject = any($1)", ids.ToArray()))[0], null));
        return closing + await StatementsAsync(story, work => story.Registry.Service<VisitDuties>().FollowAsync(work, files, Meta, ct));
    }

    /// <summary>Round trips of one piece of work, beside those that begin and end it.</summary>
    private async Task<int> StatementsAsync(VisitStory story, Func<StoreWork, Task> work)
    {
        using var source = new ActivitySource($"counting-{Guid.NewGuid():N}");
        var (statements, trace) = (0, default(ActivityTraceId));
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Npgsql" || s.Name == source.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = a =>
            {
                if (a.Source.Name == "Npgsql" && a.TraceId == trace)
                    Interlocked.Increment(ref statements);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var counted = source.StartActivity("work");
        trace = counted!.TraceId;
        await story.Registry.Service<EventStore>().RunAsync(async unit =>
        {
            var before = statements;
            await work(unit);
            statements -= before;
            trace = default;
        }, ct);
        return statements;
    }

    private static EventMeta Meta(Guid child) => new(VisitStory.Start, new(2026, 5, 2));
}
