using System.Globalization;
using LeftBehind.Calls;

namespace LeftBehind.Platform.Quarters;

/// <summary>A quarter of a year (季度), Asia/Shanghai.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    public DateOnly First => new(Year, Number * 3 - 2, 1);

    public DateOnly Last => First.AddMonths(3).AddDays(-1);

    public Quarter Next => Of(First.AddMonths(3));

    public Quarter Before => Of(First.AddDays(-1));

    /// <summary>As it is stored.</summary>
    public int Value => Year * 10 + Number;

    /// <summary>Where its copy of the read model lies.</summary>
    public string Schema => string.Create(CultureInfo.InvariantCulture, $"{PlatformModule.Schema}_{Year}q{Number}");

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month + 2) / 3);

    public static Quarter Stored(int value) => new(value / 10, value % 10);

    /// <summary>2026Q1; an invalid argument otherwise.</summary>
    public static Quarter Read(string text) =>
        text is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', 'Q', >= '1' and <= '4'] && text[..4] is not "0000"
            ? new(int.Parse(text[..4], CultureInfo.InvariantCulture), text[5] - '0')
            : throw Requests.Invalid("quarter: such as 2026Q1");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year}Q{Number}");
}
