using LeftBehind.Contracts;

namespace LeftBehind.Access;

/// <summary>A break-glass (紧急查阅): for a while an officer of a city or province reads of one county as his own department does there. Only who declared it, only for reading.</summary>
/// <param name="Id">Named by each call that is made under it.</param>
/// <param name="County">Of whom he reads.</param>
public sealed record Grant(Guid Id, DivisionId County);

/// <summary>Asks for a grant at the moment of each call, so that one that was ended or has run out is none at once.</summary>
public interface IGrants
{
    /// <summary>The header that names the grant of a call.</summary>
    const string Header = "break-glass";

    /// <summary>The grant, if it holds now and is this account's and department's; the use of it for this method is recorded before the answer. Null where it is none.</summary>
    Task<Grant?> UseAsync(Guid id, Caller caller, string method, CancellationToken ct);
}
