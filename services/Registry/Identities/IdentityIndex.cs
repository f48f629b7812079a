using LeftBehind.EventLog;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Registry.Identities;

/// <summary>A number's owner: the file, and what must agree for another source's row to be the same child.</summary>
public sealed record IndexedIdentity(Guid Child, string NameDigest, DateOnly? BirthDate);

/// <summary>A pupil that waits for its file.</summary>
public sealed record WaitingPupil(Guid Pupil, Guid BlindIndex, string NameDigest, DateOnly? BirthDate);

/// <summary>
/// The blind index: one row per ID number, unique, written in the transaction that opens the file, so that two sources that
/// push one child in the same second end in one file. Pupils without a file wait beside it under the same index.
/// </summary>
public sealed class IdentityIndex
{
    private readonly Dictionary<Guid, IndexedIdentity> known;
    private readonly List<(Guid Blind, IndexedIdentity Identity)> added = [];
    private readonly HashSet<(Guid Blind, Guid Child)> released = [];
    private readonly List<Guid> matched = [];
    private ILookup<Guid, WaitingPupil> pupils = Array.Empty<WaitingPupil>().ToLookup(p => p.BlindIndex);

    private IdentityIndex(Dictionary<Guid, IndexedIdentity> known) => this.known = known;

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.identity_index (
            blind uuid primary key, child uuid not null, name_digest text not null, birth_date date);
        create table if not exists {schema}.waiting_pupil (
            pupil uuid primary key, blind uuid, name_digest text not null, birth_date date);
        create index if not exists waiting_pupil_blind on {schema}.waiting_pupil (blind);
        """;

    public IEnumerable<Guid> Children => known.Values.Select(i => i.Child);

    public IndexedIdentity? Find(Guid blind) => known.GetValueOrDefault(blind);

    public void Add(Guid blind, IndexedIdentity identity)
    {
        known[blind] = identity;
        added.Add((blind, identity));
    }

    /// <summary>Gives a number back that a file was told by mistake, so that its owner may claim it.</summary>
    public void Release(Guid blind, Guid child)
    {
        known.Remove(blind);
        added.RemoveAll(a => a.Blind == blind);
        released.Add((blind, child));
    }

    /// <summary>The pupils that waited for this number and agree in name and birth date; they no longer wait. Those parted from the file wait on.</summary>
    public IEnumerable<Guid> TakeWaitingPupils(Guid blind, IReadOnlySet<Guid> parted)
    {
        var identity = known[blind];
        foreach (var pupil in pupils[blind].Where(p => Agree(identity, p.NameDigest, p.BirthDate) && !parted.Contains(p.Pupil) && !matched.Contains(p.Pupil)))
        {
            matched.Add(pupil.Pupil);
            yield return pupil.Pupil;
        }
    }

    /// <summary>The same name, and the same birth date where both are known: a missing field lowers confidence, it does not veto.</summary>
    public static bool Agree(IndexedIdentity identity, string nameDigest, DateOnly? birthDate) =>
        identity.NameDigest == nameDigest && (identity.BirthDate is null || birthDate is null || identity.BirthDate == birthDate);

    public static async Task<IdentityIndex> LoadAsync(StoreWork work, IReadOnlyCollection<Guid> blind, CancellationToken ct)
    {
        var known = new Dictionary<Guid, IndexedIdentity>();
        if (blind.Count > 0)
        {
            await using var command = new NpgsqlCommand(
                $"select blind, child, name_digest, birth_date from {work.Schema}.identity_index where blind = any($1)", work.Connection, work.Transaction);
            command.Parameters.Add(new() { Value = blind.ToArray() });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                known[reader.GetGuid(0)] = new(reader.GetGuid(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3));
        }
        return new(known);
    }

    public async Task LoadPupilsAsync(StoreWork work, IReadOnlyCollection<Guid> blind, CancellationToken ct)
    {
        if (blind.Count == 0)
            return;
        var waiting = new List<WaitingPupil>();
        await using var command = new NpgsqlCommand(
            $"select pupil, blind, name_digest, birth_date from {work.Schema}.waiting_pupil where blind = any($1)", work.Connection, work.Transaction);
        command.Parameters.Add(new() { Value = blind.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            waiting.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3)));
        pupils = waiting.ToLookup(p => p.BlindIndex);
    }

    public void Write(StoreWork work)
    {
        if (released.Count > 0)
            work.Beside($"delete from {work.Schema}.identity_index i using unnest($1, $2) as r(blind, child) where i.blind = r.blind and i.child = r.child",
                released.Select(r => r.Blind).ToArray(), released.Select(r => r.Child).ToArray());
        if (added.Count > 0)
            work.Beside($"""
                insert into {work.Schema}.identity_index (blind, child, name_digest, birth_date) select * from unnest($1, $2, $3, $4)
                on conflict (blind) do update set name_digest = excluded.name_digest, birth_date = excluded.birth_date where identity_index.child = excluded.child
                """, Column(a => a.Blind), Column(a => a.Identity.Child), Column(a => a.Identity.NameDigest),
                new NpgsqlParameter { Value = Column(a => a.Identity.BirthDate), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        NoLongerWait(work, matched);
    }

    /// <summary>Pupils that have their file.</summary>
    public static void NoLongerWait(StoreWork work, IReadOnlyCollection<Guid> pupils)
    {
        if (pupils.Count > 0)
            work.Beside($"delete from {work.Schema}.waiting_pupil where pupil = any($1)", pupils.ToArray());
    }

    /// <summary>The last entry of each number: one number may be told several times in a batch.</summary>
    private T[] Column<T>(Func<(Guid Blind, IndexedIdentity Identity), T> value) =>
        [.. added.GroupBy(a => a.Blind).OrderBy(g => g.Key).Select(g => value(g.Last()))];

    /// <summary>Keeps pupils that wait; a pupil that waits already is kept with what was told last.</summary>
    public static void Wait(StoreWork work, IReadOnlyCollection<(Guid Pupil, Guid? Blind, string NameDigest, DateOnly? BirthDate)> waiting)
    {
        if (waiting.Count == 0)
            return;
        var rows = waiting.GroupBy(w => w.Pupil).Select(g => g.Last()).OrderBy(w => w.Pupil).ToArray();
        work.Beside($"""
            insert into {work.Schema}.waiting_pupil (pupil, blind, name_digest, birth_date) select * from unnest($1, $2, $3, $4)
            on conflict (pupil) do update set blind = excluded.blind, name_digest = excluded.name_digest, birth_date = excluded.birth_date
            """, Array.ConvertAll(rows, r => r.Pupil),
            new NpgsqlParameter { Value = Array.ConvertAll(rows, r => r.Blind), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            Array.ConvertAll(rows, r => r.NameDigest),
            new NpgsqlParameter { Value = Array.ConvertAll(rows, r => r.BirthDate), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
    }
}
