using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Assessment.WorkList;

/// <summary>The assessments that are not finalised, kept in the transaction of their events.</summary>
internal static class OpenAssessments
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_assessment (
            assessment uuid primary key, child uuid, division bigint not null, urgency text not null, due_at timestamptz not null);
        alter table {schema}.open_assessment add column if not exists trigger text not null default 'TownInformed';
        alter table {schema}.open_assessment add column if not exists state text not null default 'Opened';
        create index if not exists open_assessment_due on {schema}.open_assessment (due_at, assessment);
        create index if not exists open_assessment_child on {schema}.open_assessment (child) where child is not null;
        """;

    public static void Add(StoreWork work, AssessmentFile file)
    {
        var opened = file.Opened!;
        work.Beside($"insert into {work.Schema}.open_assessment (assessment, child, division, urgency, due_at, trigger, state) values ($1, $2, $3, $4, $5, $6, $7)",
            file.Id, new NpgsqlParameter { Value = (object?)opened.Of.Child ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, opened.Of.Division.Value,
            opened.Urgency.ToString(), opened.DueAt.ToUniversalTime(), opened.Why.ToString(), file.State.ToString());
    }

    public static void Move(StoreWork work, AssessmentFile file) =>
        work.Beside($"update {work.Schema}.open_assessment set state = $2, division = $3 where assessment = $1", file.Id, file.State.ToString(), file.Of!.Division.Value);

    public static void Remove(StoreWork work, Guid id) => work.Beside($"delete from {work.Schema}.open_assessment where assessment = $1", id);

    /// <summary>Those of one of these children.</summary>
    public static async Task<List<Guid>> AboutAsync(StoreWork work, Guid[] children, CancellationToken ct)
    {
        var found = new List<Guid>();
        await using var command = new NpgsqlCommand($"select assessment from {work.Schema}.open_assessment where child = any($1) order by assessment", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return found;
    }

    /// <summary>Other open ones of the child that only the half-year opened.</summary>
    public static async Task<List<Guid>> RoutineAsync(StoreWork work, AssessmentFile file, CancellationToken ct)
    {
        var found = new List<Guid>();
        if (file.Of?.Child is not { } child)
            return found;
        await using var command = new NpgsqlCommand(
            $"select assessment from {work.Schema}.open_assessment where child = $1 and trigger = $2 and assessment <> $3 order by assessment", work.Connection, work.Transaction);
        foreach (var value in (object[])[child, nameof(AssessmentTrigger.HalfYearly), file.Id])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetGuid(0));
        return found;
    }
}
