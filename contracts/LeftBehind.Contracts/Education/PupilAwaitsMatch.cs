using LeftBehind.Contracts.Registry;

namespace LeftBehind.Contracts.Education;

/// <summary>
/// A pupil on the roll looks for its file, or has one and its identity was told anew: Registry looks whether the match still
/// stands. The identity travels sealed to Registry, which alone matches;
/// the blind index (keyed hash of the ID number) is shared by Registry and the roll.
/// </summary>
/// <param name="PupilId">The pupil on the roll.</param>
/// <param name="BlindIndex">Keyed hash of the ID number as a UUID; null when the roll has no readable number.</param>
/// <param name="SealedIdentity">Name and number, sealed to Registry.</param>
/// <param name="BirthDate">As the roll tells it.</param>
/// <param name="Sex">As the roll tells it.</param>
[StoredName("pupil_awaits_match")]
public sealed record PupilAwaitsMatch(Guid PupilId, string? BlindIndex, string SealedIdentity, DateOnly? BirthDate, Sex Sex);
