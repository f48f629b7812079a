using System.Globalization;

namespace LeftBehind.Registry.IntegrationTests.Running;

/// <summary>ID numbers with the right check digit; none is used twice.</summary>
internal static class IdNumber
{
    private static int last;

    /// <summary>A number of a girl or woman born that day.</summary>
    public static string Female(string born, string prefix = "431003")
    {
        var order = Interlocked.Add(ref last, 2) % 1000;
        var body = prefix + born.Replace("-", "", StringComparison.Ordinal) + order.ToString("D3", CultureInfo.InvariantCulture);
        return body + CheckDigit(body);
    }

    /// <summary>The same number with another check digit.</summary>
    public static string Mistyped(string number) => number[..17] + (number[17] == '1' ? '2' : '1');

    private static char CheckDigit(string body)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[body.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }
}
