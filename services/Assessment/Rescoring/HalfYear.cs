using System.Globalization;

namespace LeftBehind.Assessment.Rescoring;

/// <summary>A half-year: from 1 January or 1 July on, Asia/Shanghai.</summary>
public readonly record struct HalfYear(int Year, int Half)
{
    public static HalfYear Of(DateOnly day) => new(day.Year, day.Month < 7 ? 1 : 2);

    /// <summary>Its first day.</summary>
    public DateOnly Begins => new(Year, Half == 1 ? 1 : 7, 1);

    /// <summary>In order of time; stored.</summary>
    public int Number => Year * 10 + Half;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year}H{Half}");
}
