using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Registry.Matching;

/// <summary>What two files are compared by; whatever is not known is null or empty. Lives as long as one comparison and is never stored.</summary>
/// <param name="Name">Normal form of the name; empty when not told or erased.</param>
/// <param name="Number">The ID number when it is right in every part, else null: a bad one says nothing.</param>
/// <param name="NumberVerified">Whether that number was confirmed by the population base.</param>
/// <param name="Household">Two persons of one household are two persons to the source that told them.</param>
/// <param name="Adults">Normal forms of the names of the household's adults, the mother among them; empty when nobody told any.</param>
public sealed record MatchFeatures(
    string Name, DateOnly? BirthDate, Sex Sex, DivisionId Village, DivisionId? Town, string? Number, bool NumberVerified, Guid Household,
    IReadOnlySet<string> Adults)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(MatchFeatures);
}

/// <summary>What is compared.</summary>
public enum MatchFeature { Name, BirthDate, Sex, Family, Residence, Number }

/// <summary>How far two files agree in one feature; Near: one character or digit apart, or the same town.</summary>
public enum Agreement { Unknown, Same, Near, Different }

/// <summary>What one feature said, and how much it weighed; holds nothing of the person.</summary>
public sealed record Evidence(MatchFeature Feature, Agreement Agreement, int Weight);
