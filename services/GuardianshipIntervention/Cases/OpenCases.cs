using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>Which cases are about a child and respondent; at most one of them is not closed.</summary>
internal static class OpenCases
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_case (child uuid not null, respondent text not null, case_id uuid not null);
        alter table {schema}.open_case add column if not exists closed boolean not null default false;
        alter table {schema}.open_case drop constraint if exists open_case_pkey;
        create unique index if not exists open_case_one on {schema}.open_case (child, respondent) where not closed;
        create unique index if not exists open_case_id on {schema}.open_case (case_id);
        create index if not exists open_case_child on {schema}.open_case (child);
        """;

    /// <summary>Every case about a child and respondent, closed ones too.</summary>
    public static async Task<List<Guid>> OfAsync(StoreWork work, Guid child, Respondent respondent, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select case_id from {work.Schema}.open_case where child = $1 and respondent = $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = child });
        command.Parameters.Add(new() { Value = respondent.ToString() });
        return await IdsAsync(command, ct);
    }

    /// <summary>Every case about one of these children.</summary>
    public static async Task<List<Guid>> AboutAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select case_id from {work.Schema}.open_case where child = any($1) order by child, respondent, case_id", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        return await IdsAsync(command, ct);
    }

    public static void Open(StoreWork work, CaseSubject of, Guid caseId) =>
        work.Beside($"insert into {work.Schema}.open_case (child, respondent, case_id) values ($1, $2, $3)", of.Child, of.Respondent.ToString(), caseId);

    public static void Close(StoreWork work, Guid caseId) => work.Beside($"update {work.Schema}.open_case set closed = true where case_id = $1", caseId);

    private static async Task<List<Guid>> IdsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var cases = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            cases.Add(reader.GetGuid(0));
        return cases;
    }
}
