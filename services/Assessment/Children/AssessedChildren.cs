using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Children;

/// <summary>
/// The children that were ever assessed, with what was found last, and where each lives now: a row each. Whom nobody assessed has none.
/// </summary>
internal static class AssessedChildren
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.assessed_child (
            child uuid primary key, assessment uuid not null, division bigint not null, grade smallint not null, risk smallint not null,
            assessed_at timestamptz not null, is_open boolean not null default true, file_epoch int not null default 0, file_version bigint not null default 0,
            rescored int not null default 0);
        create index if not exists assessed_child_rescored on {schema}.assessed_child (rescored, child) where is_open;
        """;

    /// <summary>What an assessment found; where the child lives stays as Registry told it, where it did.</summary>
    public static void Write(StoreWork work, AssessmentFile file)
    {
        if (file is { Of: { Child: { } child, Division: var division }, Finalised: { } found })
            work.Beside($"""
                insert into {work.Schema}.assessed_child (child, assessment, division, grade, risk, assessed_at) values ($1, $2, $3, $4, $5, $6)
                on conflict (child) do update set assessment = excluded.assessment, grade = excluded.grade, risk = excluded.risk, assessed_at = excluded.assessed_at
                """, child, file.Id, division.Value, (short)found.Grade, (short)found.Risk, found.At.ToUniversalTime());
    }

    /// <summary>What Registry told of a file; of a lower version, or of a log that ended, it changes nothing.</summary>
    public static void Follow(StoreWork work, Guid child, DivisionId residence, FileState state, int epoch, long version) =>
        work.Beside($"""
            update {work.Schema}.assessed_child set division = $2, is_open = $3, file_epoch = $4, file_version = $5
            where child = $1 and (file_epoch, file_version) <= ($4, $5)
            """, child, residence.Value, state is FileState.Open, epoch, version);
}
