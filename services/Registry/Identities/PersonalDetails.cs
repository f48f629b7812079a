namespace LeftBehind.Registry.Identities;

/// <summary>What is known of a person and never leaves the store unsealed.</summary>
public sealed record PersonalDetails(string Name, string IdNumber, string Phone)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(PersonalDetails);
}
