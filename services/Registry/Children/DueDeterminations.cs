using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Visits;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LeftBehind.Registry.Children;

/// <summary>
/// The days on which a determination, or what follows of a child's care, may change by itself (birthdays, thirty days away or back,
/// a week without contact, the end of a term), and the sweep that takes them. Safe with any number of replicas and restarts: a swept child that did not change appends nothing.
/// </summary>
public sealed class DueDeterminations(EventStore store, VisitDuties visits, CareOfChildren cares, TimeProvider clock, ILogger<DueDeterminations> log) : BackgroundService
{
    private const int AtATime = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.due_determination (child uuid primary key, due date not null);
        create index if not exists due_determination_due on {schema}.due_determination (due);
        """;

    public static void Write(StoreWork work, IEnumerable<Child> children, DateOnly today)
    {
        var next = children.Select(c => (c.Id, Due: c.Facts.State is FileState.Open ? DetermineCategory.Of(c, today).NextChange : null)).OrderBy(c => c.Id).ToArray();
        if (next.Length == 0)
            return;
        var (due, done) = (next.Where(n => n.Due is not null).ToArray(), next.Where(n => n.Due is null).Select(n => n.Id).ToArray());
        if (due.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.due_determination as d (child, due) select * from unnest($1, $2)
                on conflict (child) do update set due = excluded.due where d.due <> excluded.due
                """, Array.ConvertAll(due, n => n.Id), Array.ConvertAll(due, n => n.Due!.Value));
        if (done.Length > 0)
            work.Beside($"delete from {work.Schema}.due_determination where child = any($1)", done);
    }

    /// <summary>Takes a child also on another day, where that is sooner; to be told after <see cref="Write"/>.</summary>
    public static void NotLater(StoreWork work, IEnumerable<(Guid Child, DateOnly Due)> days)
    {
        if (days.OrderBy(d => d.Child).ToArray() is { Length: > 0 } sooner)
            work.Beside($"""
                insert into {work.Schema}.due_determination as d (child, due) select * from unnest($1, $2)
                on conflict (child) do update set due = excluded.due where d.due > excluded.due
                """, Array.ConvertAll(sooner, d => d.Child), Array.ConvertAll(sooner, d => d.Due));
    }

    /// <summary>Determines anew whoever is due by now; answers how many were.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var (now, swept, total) = (clock.GetUtcNow(), 0, 0);
        var today = WorkCalendar.DayOf(now);
        do
        {
            swept = await store.RunAsync(async work =>
            {
                var due = await DueAsync(work, today, ct);
                var children = await work.LoadAsync<Child>(due, ct);
                foreach (var child in children.Values.ToList())
                    foreach (var @event in DetermineCategory.Decide(child, today))
                    {
                        work.Append(child.Id, @event, new(now, today));
                        children[child.Id] = children[child.Id].After(@event);
                    }
                Write(work, children.Values, today);
                await visits.FollowAsync(work, children.Values, _ => new(now, today), ct);
                await cares.FollowAsync(work, children.Values, new(now, today), ct);
                return due.Count;
            }, ct);
            total += swept;
        }
        while (swept == AtATime);
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The sweep of due determinations failed ({Error}); it is taken again", e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<List<Guid>> DueAsync(StoreWork work, DateOnly today, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select child from {work.Schema}.due_determination where due <= $1 order by due limit {AtATime}", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = today });
        var due = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add(reader.GetGuid(0));
        return due;
    }
}
