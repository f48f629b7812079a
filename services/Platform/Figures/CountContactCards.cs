using LeftBehind.Contracts.Education;

namespace LeftBehind.Platform.Figures;

/// <summary>How a pupil's contact card (联系卡) and the calls home that its school helped to make are counted. Pure.</summary>
internal static class CountContactCards
{
    public static void Of(List<short> cells, ContactCardFacts? card)
    {
        cells.Add(Measures.Number(Measures.Pupil, "contactCard", card switch
        {
            null or { Edition: 0 } => "none",
            { SignedByBoth: true } => "signed",
            _ => "unsigned",
        }));
        cells.Add(Measures.Number(Measures.Pupil, "helpedCall", card switch
        {
            null or { Calls: 0 } => "none",
            { Connected: > 0 } => "connected",
            _ => "notConnected",
        }));
    }
}
