using Grpc.Core;
using LeftBehind.Divisions;

namespace LeftBehind.Calls;

/// <summary>What a watcher sees is judged by the tree at the time of the call: once that has changed the call ends, and whoever calls again with the last cursor is judged anew.</summary>
/// <param name="tree">The tree that follows changes.</param>
public sealed class WatchedTree(DivisionTree tree)
{
    private readonly int changes = tree.History.Changes;

    /// <summary>Throws when the tree has changed since the call began.</summary>
    public void EnsureUnchanged()
    {
        if (tree.History.Changes != changes)
            throw new RpcException(new(StatusCode.Unavailable, "divisions changed; call again with the last cursor"));
    }
}
