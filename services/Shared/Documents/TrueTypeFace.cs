using System.Buffers.Binary;

namespace LeftBehind.Documents;

/// <summary>Takes the first face out of a TrueType collection (.ttc), which PDFsharp does not read; a file of one face is taken as it is. Pure.</summary>
public static class TrueTypeFace
{
    private const uint Collection = 0x74746366; // "ttcf"
    private const int Header = 12, Entry = 16;

    public static byte[] FirstOf(byte[] file)
    {
        if (file.Length < Header || BinaryPrimitives.ReadUInt32BigEndian(file) != Collection)
            return file;
        var face = Int(file, Header);
        var tables = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(face + 4));
        var directory = file.AsSpan(face, Header + tables * Entry).ToArray();
        using var made = new MemoryStream();
        made.Write(directory);
        for (var i = 0; i < tables; i++)
        {
            var at = Header + i * Entry;
            var (offset, length) = (Int(directory, at + 8), Int(directory, at + 12));
            BinaryPrimitives.WriteUInt32BigEndian(directory.AsSpan(at + 8), (uint)made.Position);
            made.Write(file, offset, length);
            // Tables begin at multiples of four.
            while (made.Position % 4 != 0)
                made.WriteByte(0);
        }
        made.Position = 0;
        made.Write(directory);
        return made.ToArray();
    }

    private static int Int(byte[] bytes, int at) => checked((int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)));
}
