using LeftBehind.Divisions;
using LeftBehind.Population;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Launcher.Bench;

/// <summary>A part of the first load, and the province's figures as they must be once it is counted.</summary>
internal sealed record BenchChunk(int Number, IReadOnlyList<HouseholdBatch> Batches, int Rows, IReadOnlyDictionary<string, long> Expected);

/// <summary>The households of a county, cut into chunks of whole batches. Made before anything is timed.</summary>
internal static class BenchPopulation
{
    private const int Seed = 2016;

    internal static List<BenchChunk> Draw(DivisionTree tree, BenchProfile profile)
    {
        var today = WorkCalendar.DayOf(TimeProvider.System.GetUtcNow());
        // Of a hundred pupils one has no household, and for each hundred in households there are 28 children more.
        var pupils = (int)Math.Round(profile.Children / 0.99 / 1.28);
        var plan = new PopulationPlan(tree, Seed, today, profile.Children * 5 / 9, pupils, profile.Children / 6, BenchProfile.County);
        var batches = plan.FirstLoad.Households.Batches.ToList();
        var recount = new Recount(tree, BenchProfile.County, today);
        int Cut(int chunk) => batches.Count * chunk / BenchProfile.Chunks;
        return [.. Enumerable.Range(0, BenchProfile.Chunks).Select(i => ChunkOf(i + 1, batches[Cut(i)..Cut(i + 1)], recount, today))];
    }

    private static BenchChunk ChunkOf(int number, List<HouseholdBatch> batches, Recount recount, DateOnly today)
    {
        foreach (var batch in batches)
            recount.Take(batch);
        return new(number, batches, batches.Sum(b => b.Rows.Count), recount.On(today).Of(BenchProfile.Province));
    }
}
