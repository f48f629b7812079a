using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>
/// Takes attendance rows that waited for what another way in has brought: a class, a pupil, a term calendar. Whoever brings it puts
/// its key down in the same transaction, so a kill in between loses none.
/// </summary>
public sealed class WakeAttendance(EventStore store, WayIn<AttendanceRow> way, TimeProvider clock, ILogger<WakeAttendance> log) : Sweep(Between, clock, log)
{
    private const int AtATime = 100;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public static string Ddl(string schema) => $"create table if not exists {schema}.attendance_wake (key uuid primary key);";

    /// <summary>These keys were brought; those that nobody waits for are left alone.</summary>
    public static void For(StoreWork work, IReadOnlyCollection<Guid> keys)
    {
        if (keys.Count > 0)
            work.Beside($"""
                insert into {work.Schema}.attendance_wake (key) select distinct waits_for from {work.Schema}.waiting_row
                where waits_for = any($1) order by waits_for on conflict do nothing
                """, keys.ToArray());
    }

    /// <summary>Answers how many keys were taken.</summary>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var total = 0;
        while (await KeysAsync(ct) is { Length: > 0 } keys)
        {
            await way.WakeAsync(keys, work => work.Beside($"delete from {work.Schema}.attendance_wake where key = any($1)", keys), ct);
            total += keys.Length;
        }
        return total;
    }

    private async Task<Guid[]> KeysAsync(CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"select key from {store.Schema}.attendance_wake order by key limit {AtATime}");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<Guid>();
        while (await reader.ReadAsync(ct))
            keys.Add(reader.GetGuid(0));
        return [.. keys];
    }
}
