using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>The person keys that one batch needs: those of known pupils, and new ones, stored together with the first event sealed under them.</summary>
internal sealed class PupilKeys
{
    private const int AtATime = 64;

    private readonly PersonKeyTable table;
    private readonly Dictionary<Guid, PersonKey> known;
    private readonly List<PersonKey> added = [];
    private readonly Queue<PersonKey> spare = [];

    private PupilKeys(PersonKeyTable table, Dictionary<Guid, PersonKey> known) => (this.table, this.known) = (table, known);

    public static async Task<PupilKeys> LoadAsync(StoreWork work, PersonKeyTable table, IReadOnlyCollection<Guid> keyIds, CancellationToken ct) =>
        new(table, await table.LoadMany(work.Connection, work.Transaction, keyIds, ct));

    public PersonKey New()
    {
        if (spare.Count == 0)
            foreach (var key in table.CreateMany(AtATime))
                spare.Enqueue(key);
        var taken = spare.Dequeue();
        added.Add(taken);
        known[taken.KeyId] = taken;
        return taken;
    }

    public PersonKey Of(Guid keyId) => known[keyId];

    /// <summary>Whether the person's data was erased.</summary>
    public bool IsErased(Guid keyId) => known.GetValueOrDefault(keyId) is { IsDestroyed: true };

    public Task WriteAsync(StoreWork work, CancellationToken ct) => table.Insert(work.Connection, work.Transaction, added, ct);
}
