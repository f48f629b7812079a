using System.Globalization;
using System.Text;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Contracts;

/// <summary>What reading an ID number came to. A bad number keeps a child as unverified; it never rejects the child.</summary>
public enum IdNumberStatus
{
    /// <summary>Nothing was given.</summary>
    Empty,

    /// <summary>The form, the birth date and the check digit are right.</summary>
    Valid,

    /// <summary>The number itself is well formed, its check digit is not the one GB 11643 gives.</summary>
    WrongCheckDigit,

    /// <summary>Digits 7–14 are no day of the calendar.</summary>
    WrongBirthDate,

    /// <summary>Not 15 digits, nor 17 digits and a digit or X.</summary>
    WrongForm,
}

/// <summary>
/// A resident identity number (公民身份号码, GB 11643) as read from a source. 15 digits are upgraded to 18, full-width digits and
/// letters are made plain, spaces are dropped. The number itself leaves only through <see cref="Reveal"/>: it is personal data,
/// so neither <see cref="ToString"/> nor serialisation shows it.
/// </summary>
public readonly record struct ResidentIdNumber
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private readonly string? _number;

    private ResidentIdNumber(string number, IdNumberStatus status, DateOnly? birthDate = null, Sex sex = Sex.NotCollected, bool upgraded = false)
    {
        _number = number;
        Status = status;
        BirthDate = birthDate;
        Sex = sex;
        IsUpgraded = upgraded;
    }

    /// <summary>How the reading went.</summary>
    public IdNumberStatus Status { get; }

    /// <summary>Whether the number may be matched on.</summary>
    public bool IsValid => Status == IdNumberStatus.Valid;

    /// <summary>Digits 7–14, when they are a day; given with a wrong check digit too.</summary>
    public DateOnly? BirthDate { get; }

    /// <summary>Digit 17, odd for male; not collected when the form is wrong.</summary>
    public Sex Sex { get; }

    /// <summary>The source gave the 15 digits used before 2000, so the check digit is ours.</summary>
    public bool IsUpgraded { get; }

    /// <summary>The normalised number (18 characters unless <see cref="IdNumberStatus.WrongForm"/>): to be sealed or hashed, never logged.</summary>
    public string Reveal() => _number ?? "";

    /// <summary>
    /// Whether the first six digits were ever a division's prefix. Unknown ones only warn: lists are never complete and
    /// grandparents carry abolished prefixes.
    /// </summary>
    public bool HasKnownPrefix(IReadOnlySet<int> prefixes) =>
        Status is not (IdNumberStatus.Empty or IdNumberStatus.WrongForm)
        && prefixes.Contains(int.Parse(Reveal().AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>Reads a number as a source wrote it; never throws.</summary>
    public static ResidentIdNumber Read(string? text)
    {
        var number = Normalise(text);
        if (number.Length == 0)
            return default;
        var body = number.Length - (number.Length == 18 ? 1 : 0);
        if (number.Length is not (15 or 18) || number[0] == '0' || number.AsSpan(0, body).ContainsAnyExceptInRange('0', '9')
            || !(char.IsAsciiDigit(number[^1]) || number.Length == 18 && number[^1] == 'X'))
            return new ResidentIdNumber(number, IdNumberStatus.WrongForm);

        var upgraded = number.Length == 15;
        if (upgraded)
        {
            number = number[..6] + "19" + number[6..];
            number += CheckDigit(number);
        }

        var sex = (number[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;
        if (!DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birthDate))
            return new ResidentIdNumber(number, IdNumberStatus.WrongBirthDate, null, sex, upgraded);
        var status = number[17] == CheckDigit(number) ? IdNumberStatus.Valid : IdNumberStatus.WrongCheckDigit;
        return new ResidentIdNumber(number, status, birthDate, sex, upgraded);
    }

    /// <summary>The status alone.</summary>
    public override string ToString() => $"ResidentIdNumber({Status})";

    /// <summary>ISO 7064 MOD 11-2 over the first 17 digits.</summary>
    private static char CheckDigit(string number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (number[i] - '0') * Weights[i];
        return "10X98765432"[sum % 11];
    }

    private static string Normalise(string? text)
    {
        var plain = new StringBuilder(18);
        foreach (var character in text ?? "")
        {
            // U+FF01–FF5E are the full-width forms of ASCII, as Chinese input methods write them.
            var narrow = character is >= '\uFF01' and <= '\uFF5E' ? (char)(character - 0xFEE0) : character;
            if (!char.IsWhiteSpace(narrow))
                plain.Append(narrow == 'x' ? 'X' : narrow);
        }

        return plain.ToString();
    }
}
