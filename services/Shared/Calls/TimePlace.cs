using System.Buffers.Binary;
using System.Buffers.Text;

namespace LeftBehind.Calls;

/// <summary>Where a row stands in a list in order of (time, id), as the page token of what follows it.</summary>
public readonly record struct TimePlace(DateTimeOffset At, Guid Id)
{
    private const int Bytes = 24;
    private static readonly long Latest = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Reads a token; null for the first page.</summary>
    public static TimePlace? Read(string token, string field)
    {
        if (token.Length == 0)
            return null;
        Span<byte> bytes = stackalloc byte[Bytes];
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(token, out var length) || length != Bytes)
            throw Requests.Invalid($"{field}: not one of this list");
        Base64Url.DecodeFromChars(token, bytes);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return ticks >= 0 && ticks <= Latest ? new(new DateTimeOffset(ticks, TimeSpan.Zero), new(bytes[8..])) : throw Requests.Invalid($"{field}: not one of this list");
    }

    /// <summary>The token after which the next page begins.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }
}
