using LeftBehind.Calls;

namespace LeftBehind.Registry.Visits;

/// <summary>How large a page of a list of visits is.</summary>
internal static class VisitPages
{
    private const int MostAPage = 200, UnaskedAPage = 50;

    public static int Size(int asked) => asked switch
    {
        < 0 or > MostAPage => throw Requests.Invalid($"page_size: 0 to {MostAPage}"),
        0 => UnaskedAPage,
        _ => asked,
    };
}
