using LeftBehind.Assessment.Assessments;
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
        create index if not exists open_assessment_due on {schema}.open_assessment (due_at, assessment);
        """;

    public static void Add(StoreWork work, Guid id, AssessmentOpened opened) =>
        work.Beside($"insert into {work.Schema}.open_assessment (assessment, child, division, urgency, due_at) values ($1, $2, $3, $4, $5)",
            id, new NpgsqlParameter { Value = (object?)opened.Of.Child ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, opened.Of.Division.Value,
            opened.Urgency.ToString(), opened.DueAt.ToUniversalTime());

    public static void Remove(StoreWork work, Guid id) => work.Beside($"delete from {work.Schema}.open_assessment where assessment = $1", id);
}
