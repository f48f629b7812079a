using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;
using AssessmentOpened = LeftBehind.Assessment.Assessments.AssessmentOpened;

namespace LeftBehind.Assessment.Rescoring;

/// <summary>
/// The half-year's campaign (platform default): whoever was assessed last before it began, and whose file is open, is assessed anew, each
/// once. A child that is being assessed anyhow is not opened twice. Runs in every replica and is harmless there: a child's row says for
/// which half-year it was seen to, and ids are made of child and half-year.
/// </summary>
public sealed class RescoreChildren(EventStore store, WriteAssessments assessments, WorkCalendar calendar, TimeProvider clock, ILogger<RescoreChildren> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 100;
    private const string Policy = nameof(RescoreChildren);

    /// <summary>How often it looks (platform default).</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    public override Task<int> SweepAsync(CancellationToken ct) => SweepAsync(Now, ct);

    /// <summary>Sees to all of the half-year of a moment; answers how many assessments it opened.</summary>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken ct)
    {
        var (opened, half) = (0, HalfYear.Of(WorkCalendar.DayOf(now)));
        while (await AnyAsync(half, ct))
            opened += await SweepBatchAsync(half, now, ct);
        return opened;
    }

    /// <summary>The assessment that the campaign opens. Pure.</summary>
    public static AssessmentOpened OpeningOf(Guid child, DivisionId division, DateTimeOffset now, WorkCalendar calendar) => new(
        new(child, division), null, Urgency.Ordinary, now, AssessmentDuty.DueAt(Urgency.Ordinary, now, calendar), Trigger: AssessmentTrigger.HalfYearly);

    private Task<int> SweepBatchAsync(HalfYear half, DateTimeOffset now, CancellationToken ct) => store.RunAsync(async work =>
    {
        var opened = 0;
        foreach (var (child, division, assessing) in await DueAsync(work, half, ct))
        {
            work.Beside($"update {work.Schema}.assessed_child set rescored = $2 where child = $1", child, half.Number);
            if (assessing)
                continue;
            await assessments.OpenAsync(work, Opening.IdOf($"{Policy}/{half}", child), OpeningOf(child, division, now, calendar), new(now, WorkCalendar.DayOf(now)), ct);
            opened++;
        }
        return opened;
    }, ct);

    private async Task<bool> AnyAsync(HalfYear half, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select exists ({Due(store.Schema)})");
        Fill(command, half);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<List<(Guid Child, DivisionId Division, bool Assessing)>> DueAsync(StoreWork work, HalfYear half, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"{Due(work.Schema)} order by child limit {AtATime}", work.Connection, work.Transaction);
        Fill(command, half);
        var due = new List<(Guid, DivisionId, bool)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add((reader.GetGuid(0), new(reader.GetInt64(1)), reader.GetBoolean(2)));
        return due;
    }

    private static string Due(string schema) => $"""
        select child, division, exists (select from {schema}.open_assessment o where o.child = c.child) from {schema}.assessed_child c
        where is_open and rescored < $1 and assessed_at < $2
        """;

    private static void Fill(NpgsqlCommand command, HalfYear half)
    {
        command.Parameters.Add(new() { Value = half.Number });
        command.Parameters.Add(new() { Value = WorkCalendar.StartOf(half.Begins).ToUniversalTime() });
    }
}
