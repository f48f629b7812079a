using LeftBehind.EventLog;
using LeftBehind.Registry.Care;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Children;

/// <summary>
/// The next day on which a determination, or what follows of a child's care, may change by itself: birthdays, thirty days away or
/// back, a week without contact, the end of a term. One row a file; none where nothing changes by itself.
/// </summary>
internal static class DueDays
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.due_determination (child uuid primary key, due date not null);
        create index if not exists due_determination_due_child on {schema}.due_determination (due, child);
        drop index if exists {schema}.due_determination_due;
        """;

    /// <summary>The day of a file as it is now; null when nothing changes by itself.</summary>
    public static DateOnly? Of(Child child, EntrustedCare care, DateOnly today)
    {
        DateOnly?[] days = [child.Facts.State is Contracts.Registry.FileState.Open ? DetermineCategory.Of(child, today).NextChange : null, FollowCare.NextChange(care, child, today)];
        return days.Min();
    }

    /// <summary>Keeps the days of files after a change; a file that is new has none to take away.</summary>
    public static void Write(StoreWork work, IEnumerable<(Guid Child, DateOnly? Due, bool IsNew)> days)
    {
        var rows = days.OrderBy(d => d.Child).ToList();
        if (rows.Where(d => d.Due is not null).ToArray() is { Length: > 0 } due)
            work.Beside($"""
                insert into {work.Schema}.due_determination as d (child, due) select * from unnest($1, $2)
                on conflict (child) do update set due = excluded.due where d.due <> excluded.due
                """, Array.ConvertAll(due, d => d.Child), Array.ConvertAll(due, d => d.Due!.Value));
        if (rows.Where(d => d is { Due: null, IsNew: false }).Select(d => d.Child).ToArray() is { Length: > 0 } done)
            work.Beside($"delete from {work.Schema}.due_determination where child = any($1)", done);
    }

    /// <summary>The next files that are due by a day, after those that were read.</summary>
    public static async Task<List<DueDay>> NextAsync(StoreWork work, DateOnly by, DueDay? after, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select child, due from {work.Schema}.due_determination where due <= $1 and (due, child) > ($2, $3) order by due, child limit $4", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = after?.Due ?? DateOnly.MinValue });
        command.Parameters.Add(new() { Value = after?.Child ?? Guid.Empty });
        command.Parameters.Add(new() { Value = most });
        var due = new List<DueDay>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            due.Add(new(reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1)));
        return due;
    }

    /// <summary>Moves the days of files about which a look found nothing to change, unless a writer told of them since.</summary>
    public static void Move(StoreWork work, IReadOnlyCollection<Looked> unchanged)
    {
        var rows = unchanged.OrderBy(l => l.Was.Child).ToArray();
        var table = $"{work.Schema}.due_determination";
        var still = $"""
            d.child = l.child and l.versions = (select coalesce(sum(s.version), 0) from {work.Schema}.mt_streams s where s.id in (l.child, l.care))
            """;
        object[] looked =
        [
            Array.ConvertAll(rows, l => l.Was.Child), Array.ConvertAll(rows, l => l.Care), Array.ConvertAll(rows, l => l.Versions),
            new NpgsqlParameter { Value = Array.ConvertAll(rows, l => l.Due), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
        ];
        const string Of = "unnest($1, $2, $3, $4) as l(child, care, versions, due)";
        if (Array.Exists(rows, l => l.Due is not null))
            work.Beside($"update {table} d set due = l.due from {Of} where {still} and l.due is not null", looked);
        if (Array.Exists(rows, l => l.Due is null))
            work.Beside($"delete from {table} d using {Of} where {still} and l.due is null", [.. looked[..3], ((NpgsqlParameter)looked[3]).Clone()]);
    }
}

/// <summary>A file that is due on a day.</summary>
internal sealed record DueDay(Guid Child, DateOnly Due);

/// <summary>What a look at a file and its care found.</summary>
/// <param name="Was">The file, and the day on which it was due.</param>
/// <param name="Care">The stream of its care.</param>
/// <param name="Versions">How far both streams had come, together: neither ever goes back.</param>
/// <param name="Changes">Whether something is to be told of either.</param>
/// <param name="Due">When to look again.</param>
internal sealed record Looked(DueDay Was, Guid Care, long Versions, bool Changes, DateOnly? Due);
