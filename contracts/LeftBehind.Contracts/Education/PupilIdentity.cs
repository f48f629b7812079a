namespace LeftBehind.Contracts.Education;

/// <summary>What travels sealed to Registry for matching; never in the clear, never stored as it is.</summary>
/// <param name="Name">As the roll has it.</param>
/// <param name="IdNumber">As the roll has it; may be empty.</param>
public sealed record PupilIdentity(string Name, string IdNumber)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(PupilIdentity);
}
