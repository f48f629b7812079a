using Google.Protobuf;
using LeftBehind.Access;

namespace LeftBehind.Intake;

/// <summary>A batch that was read and checked as far as no database is asked: that is done while the batch before it is written.</summary>
internal sealed class ReadBatch<TRow>(string id, Caller caller, IReadOnlyList<SentRow<TRow>>? sent, Func<SentRow<TRow>, PushedRow<TRow>> read)
    where TRow : class, IMessage<TRow>
{
    private List<PushedRow<TRow>>? ahead = sent is null ? null : [.. sent.Select(read)];

    /// <summary>The sender's name for it.</summary>
    public string Id { get; } = id;

    /// <summary>Who pushed it.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>Its rows are too many, and none of them was read.</summary>
    public bool IsTooLarge { get; } = sent is null;

    /// <summary>Its rows without a verdict, but for those that are rejected by themselves; new ones whenever a transaction begins again.</summary>
    public List<PushedRow<TRow>> Rows()
    {
        var rows = ahead ?? [.. sent!.Select(read)];
        ahead = null;
        return rows;
    }
}
