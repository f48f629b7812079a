using System.Buffers.Binary;
using System.Buffers.Text;

namespace LeftBehind.Calls;

/// <summary>
/// Where a row stands in a list, as the page token of what follows it: by what the list is in order of (a division, a day, a time), then by
/// the ids that tell equals apart.
/// </summary>
/// <param name="Key">What the list is in order of, as a number.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Other">The other id of a row that is a pair.</param>
public readonly record struct RowPlace(long Key, Guid Id, Guid Other = default)
{
    private const int MostAPage = 200, UnaskedAPage = 50, Bytes = 24, OfAPair = 40;
    private static readonly long Latest = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>A row of a list in order of time.</summary>
    public static RowPlace Of(DateTimeOffset at, Guid id, Guid other = default) => new(at.UtcTicks, id, other);

    /// <summary>A row of a list in order of days.</summary>
    public static RowPlace Of(DateOnly day, Guid id) => new(day.DayNumber, id);

    /// <summary>The time of a row of a list in order of time; UTC.</summary>
    public DateTimeOffset At => new(Key, TimeSpan.Zero);

    /// <summary>The day of a row of a list in order of days.</summary>
    public DateOnly Day => DateOnly.FromDayNumber((int)Key);

    /// <summary>After which row a page begins: the token of the page before, or the first place of all.</summary>
    public static RowPlace After(string token) => Read(token, long.MaxValue);

    /// <inheritdoc cref="After"/>
    /// <remarks>Of a list in order of time.</remarks>
    public static RowPlace AfterTime(string token) => token.Length == 0 ? Of(DateTimeOffset.UnixEpoch, Guid.Empty) : Read(token, Latest);

    /// <inheritdoc cref="After"/>
    /// <remarks>Of a list in order of days.</remarks>
    public static RowPlace AfterDay(string token) => Read(token, DateOnly.MaxValue.DayNumber);

    /// <summary>How many rows a page has: 1 to 200 as asked, else 50. Platform default.</summary>
    public static int PageSize(int asked, int most = MostAPage, int unasked = UnaskedAPage) =>
        asked < 0 || asked > most ? throw Requests.Invalid($"page_size: 0 to {most}") : asked == 0 ? unasked : asked;

    /// <summary>The token after which the next page begins.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[OfAPair];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Key);
        Id.TryWriteBytes(bytes[8..]);
        Other.TryWriteBytes(bytes[24..]);
        return Base64Url.EncodeToString(Other == default ? bytes[..Bytes] : bytes);
    }

    private static RowPlace Read(string token, long most)
    {
        if (token.Length == 0)
            return default;
        Span<byte> bytes = stackalloc byte[OfAPair];
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(token, out var length) || length is not (Bytes or OfAPair))
            throw Requests.Invalid("page_token: not one of this list");
        Base64Url.DecodeFromChars(token, bytes);
        var key = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return key >= 0 && key <= most ? new(key, new(bytes[8..24]), length == OfAPair ? new(bytes[24..]) : default) : throw Requests.Invalid("page_token: not one of this list");
    }
}
