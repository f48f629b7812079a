using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Figures;

/// <summary>Which measures a child with an open file counts in, by who it is, where it is schooled, and what it needs. Pure.</summary>
internal static class CountChildren
{
    public static void Of(List<short> cells, ChildFacts child, SubjectFacts subject, DateOnly day)
    {
        var (leftBehind, schooling) = (child.Category.IsLeftBehind(), subject.Schooling?.Now ?? Schooling.NotCollected);
        Count(Measures.OnFile, leftBehind: false);
        cells.Add(Measures.Number(Measures.OnFile, "category", Cells.Word(child.Category)));
        cells.Add(Measures.Number(Measures.OnFile, "verified", child.Verified ? "yes" : "no"));
        CountNeeds(cells, Measures.OnFile, child);
        if (leftBehind)
        {
            Count(Measures.LeftBehind, leftBehind: true);
            cells.Add(Measures.Number(Measures.LeftBehind, "reason", child.Reason is { } reason ? Cells.Word(reason) : "notCollected"));
            CountNeeds(cells, Measures.LeftBehind, child);
            cells.Add(Measures.Number(Measures.LeftBehind, "boarding", Cells.YesNo(subject.Schooling?.Boarding)));
            CountGoals.Of(cells, child, subject);
            cells.Add(Measures.Number(Measures.LeftBehind, "grade", subject.Graded?.Facts is { } grade ? Cells.Word(grade) : "notCollected"));
        }
        CountNeedy(cells, child, schooling);
        if (child.Category.IsInDifficulty())
        {
            Count(Measures.InDifficulty, leftBehind: false);
            cells.Add(Measures.Number(Measures.InDifficulty, "difficulty", DifficultyOf(child.Difficulties)));
        }

        void Count(string population, bool leftBehind)
        {
            cells.Add(Measures.Number(population, "total", "all"));
            cells.Add(Measures.Number(population, "ageSex", Cells.AgeSex(child.BirthDate, child.Sex, day, leftBehind)));
            cells.Add(Measures.Number(population, "schooling", Cells.Word(schooling)));
            cells.Add(Measures.Number(population, "carer", Cells.Word(child.Carer)));
        }
    }

    /// <summary>贫困学生 and 残疾儿童, who may be both.</summary>
    private static void CountNeedy(List<short> cells, ChildFacts child, Schooling schooling)
    {
        foreach (var (population, counts) in ((string, bool)[])
            [(Measures.Hardship, child.Difficulties.HasFlag(Difficulties.Hardship)), (Measures.Disabled, child.Disability is not (null or DisabilityGrade.None))])
        {
            if (!counts)
                continue;
            cells.Add(Measures.Number(population, "total", "all"));
            cells.Add(Measures.Number(population, "schooled", schooling switch
            {
                Schooling.NotCollected => "notCollected",
                Schooling.DroppedOut => "droppedOut",
                Schooling.NotInSchool or Schooling.NotInKindergarten => "no",
                _ => "yes",
            }));
        }
    }

    private static void CountNeeds(List<short> cells, string population, ChildFacts child)
    {
        cells.Add(Measures.Number(population, "health", HealthOf(child)));
        cells.Add(Measures.Number(population, "aid", AidOf(child.Aid)));
    }

    /// <summary>As the official table has it: one bucket a child, disabled before ill; healthy is who was told of and has neither.</summary>
    private static string HealthOf(ChildFacts child) => (child.Disability, child.Illness) switch
    {
        (not (null or DisabilityGrade.None), _) => "disabled",
        (_, Illness.Ill or Illness.Serious) => "ill",
        (null, null) => "notCollected",
        _ => "healthy",
    };

    /// <summary>One bucket a child: of several kinds of aid the most lasting. Platform default.</summary>
    private static string AidOf(AidKinds? aid) => aid switch
    {
        null => "notCollected",
        AidKinds.None => "none",
        { } a when a.HasFlag(AidKinds.BasicLivingAllowance) => "basicLivingAllowance",
        { } a when a.HasFlag(AidKinds.ExtremePoverty) => "extremePoverty",
        { } a when a.HasFlag(AidKinds.MinimumLiving) => "minimumLiving",
        { } a when a.HasFlag(AidKinds.Medical) => "medical",
        _ => "temporary",
    };

    /// <summary>One bucket a child, so that they sum to those in difficulty.</summary>
    private static string DifficultyOf(Difficulties difficulties) => difficulties switch
    {
        Difficulties.None => "notCollected",
        _ when System.Numerics.BitOperations.PopCount((uint)difficulties) > 1 => "several",
        _ => Cells.Word(difficulties),
    };
}
