using System.Globalization;

namespace LeftBehind.Population.People;

/// <summary>Hands out ID numbers (GB 11643), each once: prefix, birth date, an order number odd for men, check digit.</summary>
internal sealed class IdNumbers
{
    private readonly Dictionary<(string Prefix, DateOnly Born, bool Male), int> _given = [];

    public string Next(string prefix, DateOnly born, bool male)
    {
        var n = _given.GetValueOrDefault((prefix, born, male));
        _given[(prefix, born, male)] = n + 1;
        if (n >= 500)
            throw new InvalidOperationException("There are 500 ID numbers a prefix, day and sex; ask for fewer people.");
        // Spread over the order numbers; 173 has no factor in common with 500.
        var order = ((((n + born.Day) * 173) % 500) * 2) + (male ? 1 : 0);
        var body = string.Create(CultureInfo.InvariantCulture, $"{prefix}{born:yyyyMMdd}{order:D3}");
        return body + CheckDigit(body);
    }

    /// <summary>The 15 digits used before 2000: no century, no check digit.</summary>
    public static string OldForm(string number) => number[..6] + number[8..17];

    /// <summary>The number with a check digit that is not its own.</summary>
    public static string WrongCheckDigit(string number) => number[..17] + (number[17] == '7' ? '3' : '7');

    /// <summary>ISO 7064 MOD 11-2: the digit that makes the weighted sum leave 1.</summary>
    private static char CheckDigit(string body)
    {
        var rest = 0;
        foreach (var digit in body)
            rest = (rest + (digit - '0')) * 2 % 11;
        var check = (12 - rest) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }
}
