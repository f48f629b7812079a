using LeftBehind.Access;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Identities;

/// <summary>The record of who read which children's identities, and why (未成年人网络保护条例 §36); written in the transaction that reads.</summary>
internal static class IdentityReads
{
    public static void Record(StoreWork work, Caller caller, string purpose, Guid[] children) =>
        work.Beside($"insert into {work.Schema}.identity_read (caller, department, role, division, purpose, children) values ($1, $2, $3, $4, $5, $6)",
            caller.Subject, caller.Department.ToString(), caller.Role.ToString(), caller.Division.ToString(), purpose, children);
}
