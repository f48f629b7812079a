using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;

namespace LeftBehind.Platform.Quarters;

/// <summary>As which level a caller does an act with a division's towns, if it may: its own, or in the place of a city that exists in the code list only. Pure.</summary>
internal static class SubmissionLevels
{
    public static DivisionLevel? Of(DivisionTree tree, Caller caller, SubmissionAct act, DivisionId division, IEnumerable<SubmissionState> states)
    {
        var by = Submission.Transitions.Where(t => t.Act == act && states.All(s => act is not SubmissionAct.Reopen || t.From == s)).Select(t => t.By).Distinct().ToList();
        foreach (var level in by)
            if ((caller.Level == level || StandsIn(tree, caller.Level, level, division)) && tree.Level(division) <= Smallest(act))
                return level;
        return null;
    }

    /// <summary>The smallest division that an act is done with: whoever takes up what lies below takes up the whole of it.</summary>
    private static DivisionLevel Smallest(SubmissionAct act) => act switch
    {
        SubmissionAct.CityAccept => DivisionLevel.County,
        SubmissionAct.ProvinceAccept => DivisionLevel.City,
        SubmissionAct.Lock => DivisionLevel.Province,
        _ => DivisionLevel.Town,
    };

    private static bool StandsIn(DivisionTree tree, DivisionLevel own, DivisionLevel level, DivisionId division) =>
        own is DivisionLevel.Province && level is DivisionLevel.City && tree.Path(division).Any(d => tree.Level(d) is DivisionLevel.City && tree.IsVirtual(d));
}
