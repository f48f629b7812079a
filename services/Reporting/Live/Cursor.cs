using System.Buffers.Binary;
using System.Buffers.Text;
using LeftBehind.Calls;

namespace LeftBehind.Reporting.Live;

/// <summary>How far a watcher has come in the log of one store, whichever replica it asks.</summary>
internal readonly record struct Cursor(Guid Incarnation, long Sequence)
{
    private const int Bytes = 24;

    public static Cursor Read(string token, Guid incarnation)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(token, out var length) || length != Bytes)
            throw Requests.Invalid("cursor: not one of this list");
        Base64Url.DecodeFromChars(token, bytes);
        var cursor = new Cursor(new(bytes[..16]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
        return cursor.Incarnation == incarnation && cursor.Sequence >= 0 ? cursor : throw Requests.Invalid("cursor: of another store; begin without one");
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Incarnation.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }
}
