using LeftBehind.Access;
using LeftBehind.Contracts.Obligations;

namespace LeftBehind.Obligations;

/// <summary>Hides duties from a caller whom their subject must not meet, though it reads the field group.</summary>
public interface IHidesObligations
{
    /// <summary>The ids of the subjects whose duties this caller is not shown.</summary>
    Task<IReadOnlySet<Guid>> HiddenAsync(Caller caller, IReadOnlyCollection<ObligationSubject> subjects, CancellationToken ct);
}
