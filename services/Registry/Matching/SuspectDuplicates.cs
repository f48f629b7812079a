using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;
using LeftBehind.Sealing;
using Npgsql;

namespace LeftBehind.Registry.Matching;

/// <summary>
/// Compares files that were told anew with those that share a pair of features with them, a bounded number of each, and records
/// the suspicions. Runs after the push and beside it: the writers' lock is taken for the suspicions alone, which are few. Safe with
/// any number of replicas and restarts: what is suspected already on the same evidence appends nothing.
/// </summary>
public sealed class SuspectDuplicates(EventStore store, PersonKeyTable personKeys, NameIndex index, DivisionTree tree, TimeProvider clock)
{
    private const int AtATime = 500;

    /// <summary>Compares whoever is due by now; answers how many were.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var total = 0;
        while (await StepAsync(ct) is > 0 and var taken)
            total += taken;
        return total;
    }

    /// <summary>Compares the next few; answers how many.</summary>
    public async Task<int> StepAsync(CancellationToken ct)
    {
        await using var connection = await store.Database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await AloneAsync(connection, transaction, store.Schema, ct);
        var due = await MatchDue.TakeAsync(connection, transaction, store.Schema, AtATime, ct);
        if (due.Count == 0)
            return 0;
        var files = new MatchedFiles(connection, transaction, store.Schema, personKeys, tree);
        await files.AddAsync((await store.ReadAsync<Child>(due.Select(d => d.Child), ct)).Values, ct);
        var told = due.Where(d => files.Of(d.Child) is not null).Select(d => (d.Child, Key: files.File(d.Child).KeyId, Features: files.Of(d.Child)!)).ToList();
        if (told.Count > 0)
        {
            await index.PutAsync(connection, transaction, store.Schema, told, ct);
            var pairs = await index.CandidatesAsync(connection, transaction, store.Schema, told, ct);
            await files.AddAsync((await store.ReadAsync<Child>(pairs.Select(p => p.Other).Where(o => files.Of(o) is null).Distinct(), ct)).Values, ct);
            await RecordAsync(await SuspiciousAsync(files, pairs, ct), ct);
        }
        // Only now: a batch that tells one of these rows anew holds the writers' lock, and would wait for ours.
        await MatchDue.DoneAsync(connection, transaction, store.Schema, due, ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }

    /// <summary>One compares at a time: two new files of one child must see each other, and none is compared while it is erased. Taken before the writers' lock.</summary>
    internal static async Task AloneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, CancellationToken ct)
    {
        await using var alone = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0)), set_config('enable_seqscan', 'off', true)", connection, transaction);
        alone.Parameters.Add(new() { Value = schema + ".matching" });
        await alone.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<(Guid Newer, Guid Other, MatchScore Score)>> SuspiciousAsync(MatchedFiles files, List<(Guid Child, Guid Other)> pairs, CancellationToken ct)
    {
        var possible = pairs.Where(p => files.Of(p.Child) is not null && files.Of(p.Other) is not null)
            .Select(p => Ordered(files, p.Child, p.Other)).Distinct()
            .Where(p => MatchScore.Of(files.Of(p.Newer)!, files.Of(p.Other)!).Points >= MatchScore.Suspect - MatchScore.MostOfFamily).ToList();
        if (possible.Count == 0)
            return [];
        await files.AddAdultsAsync([.. possible.SelectMany(p => new[] { p.Newer, p.Other }).Distinct()], ct);
        var scored = possible.Select(p => (p.Newer, p.Other, Score: MatchScore.Of(files.Of(p.Newer)!, files.Of(p.Other)!))).Where(p => p.Score.IsSuspect).ToList();
        return [.. scored.Where(p => !IsTwinOfAMatch(files, scored, p))];
    }

    /// <summary>A name that is one character apart gives way to the same name in the same household: the other is the twin.</summary>
    private static bool IsTwinOfAMatch(MatchedFiles files, List<(Guid Newer, Guid Other, MatchScore Score)> scored, (Guid Newer, Guid Other, MatchScore Score) pair) =>
        Agrees(pair.Score, MatchFeature.Name) is Agreement.Near && scored.Any(s =>
            Agrees(s.Score, MatchFeature.Name) is Agreement.Same && Agrees(s.Score, MatchFeature.BirthDate) is Agreement.Same
            && ((Shares(s, pair.Newer, out var z) && files.Of(z)!.Household == files.Of(pair.Other)!.Household)
                || (Shares(s, pair.Other, out z) && files.Of(z)!.Household == files.Of(pair.Newer)!.Household)));

    private static bool Shares((Guid Newer, Guid Other, MatchScore Score) pair, Guid file, out Guid counterpart)
    {
        counterpart = pair.Newer == file ? pair.Other : pair.Newer;
        return pair.Newer == file || pair.Other == file;
    }

    private static Agreement Agrees(MatchScore score, MatchFeature feature) => score.Evidence.First(e => e.Feature == feature).Agreement;

    /// <summary>The newer file first; keys of persons grow with time.</summary>
    private static (Guid Newer, Guid Other) Ordered(MatchedFiles files, Guid one, Guid other) =>
        files.File(one).KeyId.CompareTo(files.File(other).KeyId) > 0 ? (one, other) : (other, one);

    private static (Guid, Guid) Unordered(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);

    private async Task RecordAsync(List<(Guid Newer, Guid Other, MatchScore Score)> suspicious, CancellationToken ct)
    {
        if (suspicious.Count == 0)
            return;
        await store.RunAsync(async work =>
        {
            var now = clock.GetUtcNow();
            var children = await work.LoadAsync<Child>(suspicious.SelectMany(s => new[] { s.Newer, s.Other }).Distinct(), ct);
            var reviewed = (await DuplicateReview.LoadAsync(work, [.. suspicious.Select(s => (s.Newer, s.Other))], ct)).ToLookup(r => Unordered(r.Child, r.Other));
            var rows = new List<ReviewedPair>();
            foreach (var (newer, other, score) in suspicious)
            {
                var (child, known) = (children[newer], reviewed[Unordered(newer, other)].FirstOrDefault());
                if (child.MergedInto is not null || children[other].MergedInto is not null)
                    continue;
                // Once dismissed, only more than was known then is worth another look.
                var isNews = known is null || (known.State is ReviewState.Dismissed && score.Findings != known.Findings && score.Points > known.Score);
                if (isNews)
                {
                    var suspected = new DuplicateSuspected(other, score.Points, score.Evidence, child.Facts);
                    work.Append(newer, suspected, new(now, WorkCalendar.DayOf(now)));
                    children[newer] = child.After(suspected);
                }
                if (isNews || known!.State is ReviewState.Suspected)
                    rows.Add(new(known?.Child ?? newer, known?.Other ?? other, ReviewState.Suspected, score.Points, score.Findings, children[known?.Child ?? newer].Facts.Residence, children[known?.Other ?? other].Facts.Residence,
                        isNews ? now : known!.Since));
            }
            DuplicateReview.Write(work, rows);
        }, ct);
    }
}
