using LeftBehind.Access;
using LeftBehind.EventLog;

namespace LeftBehind.Reporting.Reports;

/// <summary>Who read sealed words of a report, or of an appeal under the same column, and why: recorded in the transaction that reads them (未成年人网络保护条例 §36).</summary>
internal static class TextReads
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.text_read (
            at timestamptz not null default now(), caller text not null, department text not null, role text not null,
            division text not null, purpose text not null, report uuid not null, reporter_shown boolean not null);
        create index if not exists text_read_report on {schema}.text_read (report, at);
        """;

    public static void Record(StoreWork work, Caller caller, string purpose, Guid report, bool reporterShown) => work.Beside(
        $"insert into {work.Schema}.text_read (caller, department, role, division, purpose, report, reporter_shown) values ($1, $2, $3, $4, $5, $6, $7)",
        caller.Subject, caller.Department.ToString(), caller.Role.ToString(), caller.Division.ToString(), purpose, report, reporterShown);
}
