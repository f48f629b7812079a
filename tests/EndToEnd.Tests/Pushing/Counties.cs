namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>
/// The counties of the tests, so that all fit into one installation and no two count each other's people. Those that are pushed are recounted with their city: each lies in
/// another, and no other test's beside it.
/// </summary>
internal static class Counties
{
    public const string OfRegistryKilled = "430422", OfEducationKilled = "430523", OfPlatformKilled = "430626", OfBrokerKilled = "430725", OfDatabaseKilled = "430822";

    public const string OfLeaks = "430922", OfFigures = "431003", OfAccess = "431124", OfTraces = "431230", OfRestart = "430321", OfUnattended = "433122", OfDropout = "431322",
        OfReports = "431382", OfShieldedReports = "430211", OfSecrecy = "430111", OfCourt = "430224", OfHotline = "431321", OfHotlineBeside = "431381", OfSiblings = "433123", OfReconciliation = "430281", OfMoving = "431129",
        OfMovedTo = "431128", OfAdmission = "431225", OfSchoolCare = "431122", OfMainJob = "431226", OfHazards = "431227", OfVisits = "433124", OfCountyDay = "433125";

    /// <summary>Each in a province where no other test counts anybody: figures there are its own up to the province's.</summary>
    public const string OfChain = "520323", OfAssistance = "510824";

    private static readonly string[] Pushed =
        [OfRegistryKilled, OfEducationKilled, OfPlatformKilled, OfBrokerKilled, OfDatabaseKilled, OfLeaks, OfFigures, OfRestart];

    /// <summary>The source system of a county's households.</summary>
    public static string PopulationBase(string county) => $"{Population.PopulationPlan.PopulationBase}-{county}";

    /// <summary>The source system of a county's student roll.</summary>
    public static string StudentRoll(string county) => $"{Population.PopulationPlan.StudentRoll}-{county}";

    /// <summary>Every population base confirms identities, as the province's own does.</summary>
    public static Dictionary<string, string?> Settings() =>
        Pushed.Select((county, i) => ($"Registry__PopulationSources__{i}", PopulationBase(county))).ToDictionary(s => s.Item1, s => (string?)s.Item2);
}
