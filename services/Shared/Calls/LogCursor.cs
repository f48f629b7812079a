using System.Buffers.Binary;
using System.Buffers.Text;

namespace LeftBehind.Calls;

/// <summary>How far a watcher has come in the log of one store, whichever replica it asks.</summary>
public readonly record struct LogCursor(Guid Incarnation, long Sequence)
{
    private const int Bytes = 24;

    /// <summary>Reads what a caller sent back; refused when it was made for another store.</summary>
    public static LogCursor Read(string token, Guid incarnation)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(token, out var length) || length != Bytes)
            throw Requests.Invalid("cursor: not one of this call");
        Base64Url.DecodeFromChars(token, bytes);
        var cursor = new LogCursor(new(bytes[..16]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
        return cursor.Incarnation == incarnation && cursor.Sequence >= 0 ? cursor : throw Requests.Invalid("cursor: of another store; begin without one");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Incarnation.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }
}
