using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Phases;

/// <summary>The first load: every household and every pupil, complete; of a few families a row comes late, so that others wait for it.</summary>
internal static class FirstLoad
{
    public static IEnumerable<SentRow<HouseholdRow>> Households(IEnumerable<Family> families, HouseholdRows rows, int batchSize) =>
        Sending.InOrder(families.Select(f => Parcel(f, rows)), batchSize);

    public static IEnumerable<SentRow<RollRow>> Roll(IEnumerable<Pupil> pupils, RollRows rows) => pupils.Select(p => rows.Enrolled(p).Applied());

    private static Parcel<HouseholdRow> Parcel(Family family, HouseholdRows rows)
    {
        if (family.Straggler is Straggler.None)
            return new(rows.Of(family).Select(Sending.Applied));
        var all = rows.Of(family).ToList();
        var straggler = family.Straggler is Straggler.Household ? all[0] : all.Last(r => r.Member is not null);
        return new(
            from row in all where row != straggler select WaitsFor(row, straggler) ? row.Waits() : row.Applied(),
            straggler.Applied());
    }

    private static bool WaitsFor(HouseholdRow row, HouseholdRow straggler) =>
        straggler.Household is not null || (row.Parent?.PersonNo ?? row.Carer?.PersonNo) == straggler.Member.PersonNo;
}
