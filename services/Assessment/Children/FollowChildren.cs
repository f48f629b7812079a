using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.Assessment.Children;

/// <summary>Keeps where each assessed child lives and whether its file is open: by that it is scored anew.</summary>
public sealed class FollowChildren : IPageHandler
{
    public string Source => "registry";

    public bool Wants(string type) => type == "child_recorded";

    public Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
            if (JsonSerializer.Deserialize<ChildRecorded>(fact.Json, EventTypes.Json)! is { ChildId: var child, After: var after })
                AssessedChildren.Follow(work, child, after.Residence, after.State, fact.Epoch, fact.Version);
        return Task.CompletedTask;
    }
}
