using System.Buffers.Text;

namespace LeftBehind.Platform.Subjects;

/// <summary>The place in the order (village, subject) after which a page begins.</summary>
internal readonly record struct PageToken(long Village, Guid Subject)
{
    private const int Bytes = 24;

    /// <summary>Null for a text that is no token.</summary>
    public static PageToken? Read(string text)
    {
        if (text.Length == 0)
            return new(0, Guid.Empty);
        // Asked before decoding, which throws for characters outside the alphabet.
        if (!Base64Url.IsValid(text, out var length) || length != Bytes)
            return null;
        Span<byte> bytes = stackalloc byte[Bytes];
        Base64Url.DecodeFromChars(text, bytes);
        return new(BitConverter.ToInt64(bytes), new(bytes[8..]));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BitConverter.TryWriteBytes(bytes, Village);
        Subject.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }
}
