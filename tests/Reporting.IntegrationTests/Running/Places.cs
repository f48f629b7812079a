namespace LeftBehind.Reporting.IntegrationTests.Running;

/// <summary>Places of the shipped tree.</summary>
internal static class Places
{
    /// <summary>苏仙区 and its 麻田村.</summary>
    public const string County = "431003", Village = "431003101218";

    /// <summary>北湖区, the county beside it, and one of its villages.</summary>
    public const string NextCounty = "431002", NextVillage = "431002002200";
}
