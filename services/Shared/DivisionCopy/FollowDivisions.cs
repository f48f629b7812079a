using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.DivisionCopy;

/// <summary>Keeps what Platform tells of divisions, in the transaction that moves the lane; the tree in memory follows from there, in every replica.</summary>
public sealed class FollowDivisions : IPageHandler
{
    private static readonly HashSet<string> Types = [.. Contract.Facts.All.Where(t => t.Value.IsAssignableTo(typeof(IDivisionChange))).Select(t => t.Key)];

    /// <inheritdoc/>
    public string Source => "platform";

    /// <inheritdoc/>
    public bool Wants(string type) => Types.Contains(type);

    /// <inheritdoc/>
    public Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            if (Contract.Facts.Read(fact.Type, fact.Json) is not IDivisionChange)
                throw new JsonException("A change of divisions is null.");
            DivisionChangeTable.Write(work, fact);
        }
        return Task.CompletedTask;
    }
}
