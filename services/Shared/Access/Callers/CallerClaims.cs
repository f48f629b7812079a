using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Access;

/// <summary>Reads the caller out of the claims of a token that was found valid.</summary>
public static class CallerClaims
{
    private const int LongestName = 200;

    /// <summary>
    /// The caller; or false with the reason, which names the claim and never repeats its value.
    /// The division is what its code names today; a code that was laid down and given to nobody names whoever bore it last, if that is still there, so that an
    /// officer of a recoded county keeps his division until tokens bear the new code. One that ended is nobody's: it has become part of another with other people.
    /// </summary>
    public static bool TryRead(
        ClaimsPrincipal token, DivisionTree tree, DateOnly today, [NotNullWhen(true)] out Caller? caller, [NotNullWhen(false)] out string? refusal)
    {
        caller = null;
        refusal = null;
        var todays = tree.AsOf(today);

        if (One(token, ClaimWords.Subject) is not { } subject)
            refusal = Missing(ClaimWords.Subject);
        else if (One(token, ClaimWords.Department) is not { } departmentWord)
            refusal = Missing(ClaimWords.Department);
        else if (!ClaimWords.TryDepartment(departmentWord, out var department))
            refusal = Unknown(ClaimWords.Department);
        else if (One(token, ClaimWords.Role) is not { } roleWord)
            refusal = Missing(ClaimWords.Role);
        else if (!ClaimWords.TryRole(roleWord, out var role))
            refusal = Unknown(ClaimWords.Role);
        else if (One(token, ClaimWords.Division) is not { } code)
            refusal = Missing(ClaimWords.Division);
        else if (!DivisionCode.TryParse(code, out var parsed) || todays.History.ResolveLast(parsed) is not { } division)
            refusal = Unknown(ClaimWords.Division);
        else if (!Roles.Exists(role, department, todays.Level(division)))
            refusal = "The token claims a role that this department does not have at the level of its division.";
        else if (role is Role.Partner && One(token, ClaimWords.Source) is null)
            refusal = Missing(ClaimWords.Source);
        else
            caller = new Caller(subject, department, role, division, todays)
            {
                Organisation = One(token, ClaimWords.Organisation),
                Source = role is Role.Partner ? One(token, ClaimWords.Source) : null
            };

        return caller is not null;
    }

    // A claim given twice is ambiguous and counts as missing: no choice is made between two roles or divisions.
    private static string? One(ClaimsPrincipal token, string claim)
    {
        var values = token.FindAll(claim).Take(2).ToList();
        return values is [{ Value: { Length: > 0 and <= LongestName } value }] && !value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? value : null;
    }

    private static string Missing(string claim) => $"The token needs exactly one claim '{claim}'.";

    private static string Unknown(string claim) => $"The token's claim '{claim}' has an unknown value.";
}
