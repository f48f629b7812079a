using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population;

/// <summary>What is personal in the rows of a plan: a scan of logs and stores must find none of it.</summary>
public static class PersonalValues
{
    /// <summary>Shorter names occur by chance and are left out.</summary>
    private const int ShortestName = 3;

    /// <summary>Every name of three characters or more, ID number, student number, phone and address of both phases, each once.</summary>
    public static IReadOnlyCollection<string> Of(PopulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phase in new[] { plan.FirstLoad, plan.Changes })
        {
            foreach (var sent in phase.Households.Rows)
                values.UnionWith(In(sent.Row));
            foreach (var sent in phase.Roll.Rows)
                values.UnionWith(In(sent.Row));
        }
        values.Remove("");
        return values;
    }

    /// <summary>The personal values of a household row; some may be empty.</summary>
    public static IEnumerable<string> In(HouseholdRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.RowCase switch
        {
            HouseholdRow.RowOneofCase.Household => [row.Household.Address],
            HouseholdRow.RowOneofCase.Member => [Name(row.Member.Name), row.Member.IdNumber, row.Member.Phone],
            HouseholdRow.RowOneofCase.Carer => [Name(row.Carer.Name), row.Carer.Phone],
            _ => [],
        };
    }

    /// <summary>The personal values of a roll row; some may be empty.</summary>
    public static IEnumerable<string> In(RollRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        // A number of the G kind holds the ID number; L and J numbers are the school's own.
        var ofStudentNo = row.StudentNo.StartsWith('G') ? row.StudentNo[1..] : "";
        return row.Enrolled is { } e ? [ofStudentNo, Name(e.Name), e.IdNumber] : [ofStudentNo];
    }

    private static string Name(string name) => name.Length >= ShortestName ? name : "";
}
