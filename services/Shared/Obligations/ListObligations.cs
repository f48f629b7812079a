using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Obligations;

/// <summary>Which of the obligations that run are asked for; what is not given is not asked.</summary>
/// <param name="Divisions">The owners: a division and, by the tree, those below it that the caller means.</param>
public sealed record ObligationQuery(IReadOnlyCollection<DivisionId> Divisions)
{
    /// <summary>The department that owes it.</summary>
    public OwnerDepartment? Department { get; init; }

    /// <summary>What is to be done.</summary>
    public string? Kind { get; init; }

    /// <summary>Open, AtRisk or Breached.</summary>
    public ObligationState? State { get; init; }

    /// <summary>Due before this moment; what is due at once always is.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>The row after which the page begins.</summary>
    public ObligationPlace? After { get; init; }

    /// <summary>The most rows of a page.</summary>
    public int Size { get; init; } = 50;
}

/// <summary>Where a row stands in the list: by its due time, what is due at once by when its time began.</summary>
public readonly record struct ObligationPlace(DateTimeOffset At, Guid Id);

/// <summary>An obligation that runs.</summary>
public sealed record RunningObligation(
    Guid Id, string Kind, ObligationSubject Subject, DivisionId Division, OwnerDepartment Department, ObligationState State,
    DateTimeOffset StartsAt, DateTimeOffset? DueAt, ObligationBasis Basis, DivisionLevel? EscalatedTo, string Citation)
{
    /// <summary>Its place, with which the next page is asked for.</summary>
    public ObligationPlace Place => new(DueAt ?? StartsAt, Id);
}

/// <summary>The obligations that run in divisions, page by page, due first.</summary>
public sealed class ListObligations(EventStore store)
{
    /// <summary>One page; a full one may have a next one after its last row.</summary>
    public async Task<IReadOnlyList<RunningObligation>> ReadAsync(ObligationQuery query, CancellationToken ct)
    {
        await using var command = store.Database.CreateCommand($"""
            select id, kind, subject_kind, subject, division, department, state, starts_at, due_at, basis, escalated_to, citation from {store.Schema}.obligation_due
            where division = any($1) and ($2 is null or department = $2) and ($3 is null or kind = $3) and ($4 is null or state = $4)
                and ($5 is null or due_at is null or due_at < $5) and ($6 is null or (place, id) > ($6, $7))
            order by place, id limit $8
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = query.Divisions.Select(d => d.Value).ToArray() },
            Asked(query.Department?.ToString(), NpgsqlDbType.Text), Asked(query.Kind, NpgsqlDbType.Text), Asked(query.State?.ToString(), NpgsqlDbType.Text),
            Asked(query.DueBefore?.ToUniversalTime(), NpgsqlDbType.TimestampTz), Asked(query.After?.At.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            Asked(query.After?.Id, NpgsqlDbType.Uuid), new() { Value = query.Size },
        ]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<RunningObligation>();
        while (await reader.ReadAsync(ct))
            rows.Add(new(
                reader.GetGuid(0), reader.GetString(1), new(reader.GetString(2), reader.GetGuid(3)), new(reader.GetInt64(4)), Enum.Parse<OwnerDepartment>(reader.GetString(5)),
                Enum.Parse<ObligationState>(reader.GetString(6)), reader.GetFieldValue<DateTimeOffset>(7), reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                Enum.Parse<ObligationBasis>(reader.GetString(9)), reader.IsDBNull(10) ? null : (DivisionLevel)reader.GetInt16(10), reader.GetString(11)));
        return rows;
    }

    private static NpgsqlParameter Asked(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
