using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Pages.Tests;

[StoredName("told")]
public sealed record Told(string Text);

[StoredName("told_besides")]
public sealed record ToldBesides(int Number);

/// <summary>An event of the store: how many facts it tells, and of what size.</summary>
public sealed record Happened(int Facts, string Text);

internal sealed class Words : IRelay
{
    public const string Source = "words";

    public static readonly EventTypes Facts = EventTypes.In(typeof(Words).Assembly);

    public int Version => 2;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        var happened = (Happened)stored.Data;
        for (var n = 0; n < happened.Facts; n++)
            yield return n == 0 ? new(stored.Stream, new Told(happened.Text)) : new(stored.Stream, new ToldBesides(n), Since: 2);
    }
}
