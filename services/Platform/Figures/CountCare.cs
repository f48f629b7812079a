using LeftBehind.Contracts.Registry;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// Which measures a child counts in by its entrusted care (委托照护). Of a child in nobody's care nothing is collected of screening, notice
/// and contact; one of whom the rule told nothing was not found unattended. Pure.
/// </summary>
internal static class CountCare
{
    public static void Of(List<short> cells, ChildFacts child, CareFacts? care)
    {
        cells.Add(Measures.Number(Measures.OnFile, "unattended", YesOrNo(care is { Unattended: true })));
        if (!child.Category.IsLeftBehind())
            return;
        var entrusted = care is { Entrusted: Entrustment.Entrusted } ? care : null;
        cells.Add(Measures.Number(Measures.LeftBehind, "entrusted", EntrustedOf(care)));
        cells.Add(Measures.Number(Measures.LeftBehind, "screened", entrusted is null ? "notCollected" : YesOrNo(entrusted.Screened)));
        cells.Add(Measures.Number(Measures.LeftBehind, "notified", entrusted is null ? "notCollected" : YesOrNo(entrusted.Notified)));
        cells.Add(Measures.Number(Measures.LeftBehind, "contact", entrusted?.Contact switch
        {
            ParentContact.UpToDate => "inTime",
            ParentContact.Missed => "missed",
            _ => "notCollected",
        }));
    }

    /// <summary>A carer who was barred or found unfit is none.</summary>
    private static string EntrustedOf(CareFacts? care) => care?.Entrusted switch
    {
        null or Entrustment.NotCollected => "notCollected",
        Entrustment.Entrusted => "yes",
        _ => "no",
    };

    private static string YesOrNo(bool holds) => holds ? "yes" : "no";
}
