namespace LeftBehind.Platform.Subjects;

/// <summary>
/// A report that concerns an organisation or account of the installation must not be met by those. Which they are Reporting alone knows, so
/// here such a report, its response, placement and duties are counted and shown in no list and no timeline; Reporting lists them for
/// all others.
/// </summary>
internal static class Shielding
{
    /// <summary>Of rows of subject_facts: neither shielded nor a duty about something that is.</summary>
    public const string Unshielded = $"""
        facts->>'shielded' is null and not exists (
            select from {PlatformModule.Schema}.subject_facts shielded
            where shielded.subject = (subject_facts.facts->'obligation'->'facts'->'subject'->>'id')::uuid and shielded.facts->>'shielded' is not null)
        """;
}
