using System.Globalization;
using System.Text.RegularExpressions;
using LeftBehind.Divisions;

namespace LeftBehind.Intake;

/// <summary>Reads the fields that every row has. Pure.</summary>
internal static partial class RowHead
{
    public const int LongestEventId = 100;
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    /// <summary>
    /// Ids are kept in the clear for ever, and told on: none may be a person's name or number. ASCII alone, so no name and no
    /// full-width digits; no ID number of 15 or 18 digits, and no mobile's number.
    /// </summary>
    public static bool HasUsableId(string id) => id.Length is > 0 and <= LongestEventId && IsPlain().IsMatch(id) && !LooksLikeANumberOfAPerson().IsMatch(id);

    public static void Read<TRow>(PushedRow<TRow> row, RowFields fields, DateTimeOffset now)
    {
        if (!HasUsableId(fields.EventId))
            row.Reject("source_event_id", $"1 to {LongestEventId} of A-Z a-z 0-9 - _ . : /, without 15 digits in a row and without a phone number");
        else if (fields.Sequence < 1)
            row.Reject("source_sequence", "at least 1");
        else if (!DateTimeOffset.TryParse(fields.OccurredAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) || !IsRfc3339().IsMatch(fields.OccurredAt))
            row.Reject("occurred_at", "not a time in RFC 3339");
        else if (at > now + ClockTolerance)
            row.Reject("occurred_at", "in the future");
        else if (!TryDay(fields.EffectiveOn, WorkCalendar.DayOf(at), out var on))
            row.Reject("effective_on", "not a date as yyyy-MM-dd");
        else if (on > WorkCalendar.DayOf(now))
            row.Reject("effective_on", "in the future");
        else if (on < Earliest)
            row.Reject("effective_on", $"before {Earliest:yyyy-MM-dd}");
        else
            (row.Sequence, row.OccurredAt, row.EffectiveOn) = (fields.Sequence, at.ToUniversalTime(), on);
    }

    private static bool TryDay(string text, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return text.Length == 0 || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    // With its offset: a time without one would be eight hours off, or a day.
    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$")]
    private static partial Regex IsRfc3339();

    [GeneratedRegex("^[A-Za-z0-9_.:/-]+\\z")]
    private static partial Regex IsPlain();

    [GeneratedRegex("[0-9]{15}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])")]
    private static partial Regex LooksLikeANumberOfAPerson();
}
