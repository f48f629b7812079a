using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace LeftBehind.Divisions;

/// <summary>
/// Working days (工作日) of mainland China: Monday to Friday, less the public holidays, plus the make-up days (调休) of the State
/// Council's yearly notice. A year without a notice yet counts plain weekdays; <see cref="Covers"/> tells.
/// </summary>
public sealed class WorkCalendar
{
    // China has kept one time without daylight saving since 1991, so no time-zone database is needed.
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly FrozenSet<DateOnly> _off;
    private readonly FrozenSet<DateOnly> _on;
    private readonly FrozenSet<int> _years;

    private WorkCalendar(IEnumerable<DateOnly> off, IEnumerable<DateOnly> on, IEnumerable<int> years) =>
        (_off, _on, _years) = (off.ToFrozenSet(), on.ToFrozenSet(), years.ToFrozenSet());

    /// <summary>Reads the shipped <c>workdays.json</c> (deploy/data/README.md).</summary>
    public static WorkCalendar Load(string path)
    {
        using var file = File.OpenRead(path);
        var years = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]>>>(file)
            ?? throw new InvalidDataException("The work calendar is empty.");
        return new WorkCalendar(Days(years, "off"), Days(years, "on"), years.Keys.Select(year => int.Parse(year, CultureInfo.InvariantCulture)));
    }

    /// <summary>The calendar day in China (Asia/Shanghai) of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(ChinaOffset).DateTime);

    /// <summary>The moment a day begins in China; its UTC offset is +08:00.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), ChinaOffset);

    /// <summary>Whether the year's holidays are known.</summary>
    public bool Covers(DateOnly day) => _years.Contains(day.Year);

    /// <summary>Whether offices work that day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _on.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_off.Contains(day));

    /// <summary>
    /// The n-th working day after a day. The first day is not counted (民法典 §201 [law]); 0 gives the day itself.
    /// </summary>
    public DateOnly AddWorkingDays(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        while (workingDays > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                workingDays--;
        }

        return day;
    }

    /// <summary>Working days after the first day up to and including the last: the n for which adding n to the first reaches the last.</summary>
    public int WorkingDaysBetween(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
        {
            if (IsWorkingDay(day))
                count++;
        }

        return count;
    }

    private static IEnumerable<DateOnly> Days(Dictionary<string, Dictionary<string, string[]>> years, string kind) =>
        from year in years
        from day in year.Value[kind]
        select DateOnly.ParseExact($"{year.Key}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
