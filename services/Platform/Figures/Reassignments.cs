using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Platform.Subjects;
using Marten;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// Children counted in a village when it was split, had a village extracted, or was abolished: somebody has to say where they live now. Whoever is told to live elsewhere is off the list. Written by the
/// fold alone, so that a rebuild gives the same list.
/// </summary>
internal sealed class Reassignments(string schema)
{
    private readonly List<(string Sql, object[] Parameters)> statements = [];
    private readonly HashSet<Guid> left = [];

    public const string Table = "reassignment";

    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.reassignment (subject uuid primary key, village bigint not null, change bigint not null);
        create index if not exists reassignment_village on {schema}.reassignment (village, subject);
        """;

    /// <summary>The villages of a change whose children are to be reassigned.</summary>
    private static IEnumerable<DivisionId> Villages(IDivisionChange change) => (change switch
    {
        DivisionSplit c => [c.Division],
        VillagesExtracted c => c.From,
        DivisionAbolished c => [c.Division],
        _ => (IEnumerable<DivisionId>)[],
    }).Where(d => d.Level is DivisionLevel.Village);

    /// <summary>Puts the children of a change's villages on the list: of those that the page has in hand where it has them, of all others where they are stored.</summary>
    public void Open(IDivisionChange change, int number, IReadOnlyDictionary<Guid, (DivisionId? Village, SubjectKind Kind)> inHand)
    {
        Settle();
        const string Put = "on conflict (subject) do update set village = excluded.village, change = excluded.change";
        foreach (var village in Villages(change))
        {
            statements.Add(($"""
                insert into {schema}.reassignment (subject, village, change) select subject, village, ? from {schema}.subject_facts
                where village = ? and kind = ? and subject <> all(?) {Put}
                """, [(long)number, village.Value, (short)SubjectKind.Child, inHand.Keys.ToArray()]));
            var there = inHand.Where(s => s.Value.Village == village && s.Value.Kind is SubjectKind.Child).Select(s => s.Key).Order().ToArray();
            if (there.Length > 0)
                statements.Add(($"insert into {schema}.reassignment (subject, village, change) select subject, ?, ? from unnest(?::uuid[]) as r(subject) {Put}", [village.Value, (long)number, there]));
        }
    }

    /// <summary>Whoever is counted in a merged village is counted in another.</summary>
    public void Merge(DivisionId division, DivisionId into)
    {
        Settle();
        foreach (var table in new[] { "subject_facts", "reassignment" })
            statements.Add(($"update {schema}.{table} set village = ? where village = ?", [into.Value, division.Value]));
    }

    /// <summary>Whoever was told to live elsewhere is off the list, also who comes back within the same page.</summary>
    public void Leave(Guid subject) => left.Add(subject);

    public void Write(IDocumentOperations operations)
    {
        Settle();
        foreach (var (sql, parameters) in statements)
            operations.QueueSqlCommand(sql, parameters);
    }

    /// <summary>In its place among the statements: a later change may put the same child on the list again.</summary>
    private void Settle()
    {
        if (left.Count > 0)
            statements.Add(($"delete from {schema}.reassignment where subject = any(?)", [left.Order().ToArray()]));
        left.Clear();
    }
}
