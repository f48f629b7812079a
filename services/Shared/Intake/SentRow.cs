using Google.Protobuf;

namespace LeftBehind.Intake;

/// <summary>A row as it was sent: one that was read, or one that cannot be, of which only its id, its bytes and its fault are known.</summary>
public sealed class SentRow<TRow> where TRow : class, IMessage<TRow>
{
    internal SentRow(TRow? row, string id, byte[] content, RowFault? fault) => (Row, Id, Content, Fault) = (row, id, content, fault);

    /// <summary>The row; null when it cannot be read.</summary>
    public TRow? Row { get; }

    /// <summary>The id of a row that cannot be read, as far as it has one.</summary>
    public string Id { get; }

    /// <summary>What the digest is made of.</summary>
    public byte[] Content { get; }

    /// <summary>Why it cannot be read.</summary>
    public RowFault? Fault { get; }
}

/// <summary>Makes rows as they were sent.</summary>
public static class SentRow
{
    /// <summary>One that was read.</summary>
    public static SentRow<TRow> Read<TRow>(TRow row) where TRow : class, IMessage<TRow> => new(row, "", row.ToByteArray(), null);

    /// <summary>One that cannot be read; it is received, and rejected for this.</summary>
    public static SentRow<TRow> Unreadable<TRow>(string? id, ReadOnlySpan<byte> content, RowFault fault) where TRow : class, IMessage<TRow> => new(null, id ?? "", content.ToArray(), fault);
}

/// <summary>What is wrong with a row. Never repeats its content.</summary>
public sealed record RowFault(string Field, string Reason);
