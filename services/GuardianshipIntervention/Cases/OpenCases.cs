using LeftBehind.Contracts.Guardianship;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.GuardianshipIntervention.Cases;

/// <summary>Which case runs about a child and respondent; at most one.</summary>
internal static class OpenCases
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.open_case (
            child uuid not null, respondent text not null, case_id uuid not null, primary key (child, respondent));
        """;

    public static async Task<Guid?> OfAsync(StoreWork work, Guid child, Respondent respondent, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select case_id from {work.Schema}.open_case where child = $1 and respondent = $2", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = child });
        command.Parameters.Add(new() { Value = respondent.ToString() });
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>Every case about one of these children.</summary>
    public static async Task<List<Guid>> AboutAsync(StoreWork work, IReadOnlyCollection<Guid> children, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select case_id from {work.Schema}.open_case where child = any($1) order by child, respondent", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = children.ToArray() });
        var cases = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            cases.Add(reader.GetGuid(0));
        return cases;
    }

    public static void Open(StoreWork work, CaseSubject of, Guid caseId) =>
        work.Beside($"insert into {work.Schema}.open_case (child, respondent, case_id) values ($1, $2, $3)", of.Child, of.Respondent.ToString(), caseId);
}
