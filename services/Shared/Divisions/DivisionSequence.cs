using System.Collections;
using LeftBehind.Contracts;

namespace LeftBehind.Divisions;

/// <summary>Divisions one after another: up through the ancestors or along the siblings. A foreach over it allocates nothing.</summary>
public readonly record struct DivisionSequence : IEnumerable<DivisionId>
{
    private readonly TreeIndex? _tree;
    private readonly int _first;
    private readonly int _end;
    private readonly bool _upward;

    internal DivisionSequence(TreeIndex tree, int first, int end, bool upward) =>
        (_tree, _first, _end, _upward) = (tree, first, end, upward);

    /// <summary>Which siblings are passed over: all whose standing is beyond this one.</summary>
    internal DivisionStanding Most { get; init; }

    /// <summary>Starts at the first division.</summary>
    public Walker GetEnumerator() => new(this);

    IEnumerator<DivisionId> IEnumerable<DivisionId>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The position in a sequence.</summary>
    public record struct Walker : IEnumerator<DivisionId>
    {
        private readonly DivisionSequence _sequence;
        private int _next;

        internal Walker(DivisionSequence sequence)
        {
            _sequence = sequence;
            _next = sequence._first;
        }

        /// <inheritdoc/>
        public DivisionId Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_sequence._tree is not { } tree)
                return false;
            // A sibling begins where the subtree of the one before it ends.
            while (!_sequence._upward && _next != _sequence._end && tree.StandingAt(_next) > _sequence.Most)
                _next = tree.SubtreeEnd(_next);
            if (_next == _sequence._end)
                return false;
            Current = tree.IdAt(_next);
            _next = _sequence._upward ? tree.ParentIndex(_next) : tree.SubtreeEnd(_next);
            return true;
        }

        /// <inheritdoc/>
        public void Reset() => _next = _sequence._first;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
