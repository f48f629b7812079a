using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>Everything told of one parent, in the source's order.</summary>
internal sealed class ParentHistory
{
    private readonly List<(ParentState State, DateOnly Since)> _told = [];

    /// <summary>
    /// A status with the day it began; without one, a status told again keeps its day and a new one begins when the row counts.
    /// The same status from an earlier day corrects what was told; from a later day it began anew.
    /// </summary>
    public void Tell(ParentState state, DateOnly? since, DateOnly effectiveOn)
    {
        var isSame = _told.Count > 0 && _told[^1].State == state;
        var day = since ?? (isSame ? _told[^1].Since : effectiveOn);
        if (isSame && day <= _told[^1].Since)
            _told[^1] = (state, day);
        else
            _told.Add((state, day));
    }

    /// <summary>The status that counts on a day.</summary>
    public ParentState On(DateOnly day) => On(day, _told.Count);

    /// <summary>Away or back for fewer than 30 days changes nothing: what counted when it began still counts. A first status counts at once, unless it is an absence.</summary>
    private ParentState On(DateOnly day, int told)
    {
        if (told == 0)
            return ParentState.NotCollected;
        var (state, since) = _told[told - 1];
        if (state is not (ParentState.OutForWork or ParentState.AtHome) || day >= since.AddDays(30))
            return state;
        var before = On(since, told - 1);
        return state is ParentState.AtHome && before is ParentState.NotCollected ? state : before;
    }
}
