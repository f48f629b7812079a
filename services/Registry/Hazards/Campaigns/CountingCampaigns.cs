using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Registry.Hazards.Campaigns;

/// <summary>Which campaign counts where a child lives: of each kind the one opened last for its village or a division above, open or closed.</summary>
public sealed class CountingCampaigns(DivisionTree tree, IReadOnlyList<CampaignRow> rows)
{
    // Many years of three kinds on five levels.
    private const int Most = 10_000;

    public static async Task<CountingCampaigns> LoadAsync(StoreWork work, DivisionTree tree, IEnumerable<DivisionId> homes, CancellationToken ct)
    {
        var divisions = homes.Distinct().SelectMany(tree.Path).Distinct().Select(d => d.Value).ToArray();
        return new(tree, divisions.Length == 0 ? [] : await CampaignTable.OfAsync(work.Connection, work.Transaction, work.Schema, divisions, Most, ct));
    }

    /// <summary>Its id; null where none was ever opened.</summary>
    public Guid? Of(CampaignKind kind, DivisionId home) =>
        rows.Where(r => r.Kind == kind && tree.IsWithin(home, r.Division)).OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id).FirstOrDefault()?.Id;
}
