using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;
using Npgsql;

namespace LeftBehind.Registry.Erasure;

/// <summary>A pupil whose search for its file is parked, or was discarded: its identity lies there sealed to this service, which no person's key opens or closes.</summary>
internal sealed record ParkedPupil(Guid Fact, Guid Pupil, Guid? Number, DateOnly? BirthDate)
{
    /// <summary>All of them; what is parked is little.</summary>
    public static async Task<List<ParkedPupil>> AllAsync(StoreWork work, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select fact_id, fact->>'json' from {work.Schema}.parked_event where type = 'pupil_awaits_match'
            union all select fact_id, fact->>'json' from {work.Schema}.discarded_event where type = 'pupil_awaits_match'
            """, work.Connection, work.Transaction);
        var all = new List<ParkedPupil>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (Read(reader.GetString(1)) is { } pupil)
                all.Add(new(reader.GetGuid(0), pupil.PupilId, Guid.TryParse(pupil.BlindIndex, out var number) ? number : null, pupil.BirthDate));
        return all;
    }

    public static void Forget(StoreWork work, IEnumerable<ParkedPupil> pupils)
    {
        var facts = pupils.Select(p => p.Fact).Distinct().ToArray();
        if (facts.Length == 0)
            return;
        work.Beside($"delete from {work.Schema}.parked_event where fact_id = any($1)", facts);
        work.Beside($"delete from {work.Schema}.discarded_event where fact_id = any($1)", facts);
    }

    /// <summary>It may be parked because it cannot be read.</summary>
    private static PupilAwaitsMatch? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<PupilAwaitsMatch>(json, EventTypes.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
