namespace LeftBehind.Population.Phases;

/// <summary>Those whom no change has taken yet: whoever is taken is taken once.</summary>
internal sealed class Untouched<T>(IEnumerable<T> all)
{
    private readonly LinkedList<T> _left = new(all);

    /// <summary>The next ones that fit, at most so many.</summary>
    public List<T> Take(int most, Func<T, bool> where)
    {
        var taken = new List<T>();
        for (var node = _left.First; node is not null && taken.Count < most;)
        {
            var next = node.Next;
            if (where(node.Value))
            {
                taken.Add(node.Value);
                _left.Remove(node);
            }
            node = next;
        }
        return taken;
    }
}
