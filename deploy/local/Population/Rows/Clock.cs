using System.Globalization;

namespace LeftBehind.Population.Rows;

/// <summary>When rows happened: on the days before today, so that none is ever in the future.</summary>
internal static class Clock
{
    /// <summary>The day from which rows without a day of their own count.</summary>
    public static DateOnly Yesterday(DateOnly today) => today.AddDays(-1);

    /// <summary>A moment of yesterday in China, RFC 3339; every tenth is written in UTC.</summary>
    public static string OccurredAt(DateOnly today, long sequence)
    {
        var at = new DateTimeOffset(Yesterday(today).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).AddSeconds(sequence % 86_000);
        return sequence % 10 == 0
            ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
