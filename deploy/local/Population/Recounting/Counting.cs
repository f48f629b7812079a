using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>Puts each child and each pupil into its buckets, in its village and in every division above.</summary>
internal static class Counting
{
    public static RecountedFigures Of(DivisionTree tree, IEnumerable<CountedChild> children, IEnumerable<CountedPupil> pupils, DateOnly today)
    {
        var figures = new RecountedFigures();
        foreach (var child in children)
            figures.Add(Above(tree, child.VillageCode), OfChild(child, today));
        foreach (var pupil in pupils.Where(p => p.State is not "graduated"))
            figures.Add(Above(tree, pupil.SchoolCode), OfPupil(pupil, today));
        return figures;
    }

    /// <summary>Full years; who was born on 29 February turns on 1 March in common years.</summary>
    public static int Age(DateOnly born, DateOnly day)
    {
        var age = day.Year - born.Year;
        return day.Month < born.Month || (day.Month == born.Month && day.Day < born.Day) ? age - 1 : age;
    }

    private static IEnumerable<string> OfChild(CountedChild child, DateOnly today)
    {
        var (category, reason) = Category(child, today);
        string[] populations = category switch
        {
            "leftBehind" => ["onFile", "leftBehind"],
            "inDifficulty" => ["onFile", "inDifficulty"],
            _ => ["onFile"],
        };
        foreach (var population in populations)
        {
            yield return $"{population}.total.all";
            yield return $"{population}.ageSex.{Band(child.Born, today)}.{child.Sex}";
            yield return $"{population}.schooling.{child.Schooling}";
            yield return $"{population}.carer.{child.Carer}";
        }
        // The plan's feeds are the population base and the roll: neither tells of health or aid.
        foreach (var population in populations.Where(p => p is not "inDifficulty"))
        {
            yield return $"{population}.health.notCollected";
            yield return $"{population}.aid.notCollected";
        }
        // The plan tells of no visit and of no worker: whoever is due one was never visited.
        foreach (var population in populations.Where(p => p is not "onFile"))
            yield return $"{population}.visited.never";
        yield return "onFile.verifiedByVisit.no";
        yield return "onFile.worker.missing";
        yield return $"onFile.keyList.{KeyList(category, child.Schooling)}";
        yield return $"onFile.unattended.{(IsUnattended(child, today) ? "yes" : "no")}";
        // The plan entrusts nobody.
        if (category == "leftBehind")
            foreach (var dimension in new[] { "entrusted", "screened", "notified", "contact" })
                yield return $"leftBehind.{dimension}.notCollected";
        if (category == "inDifficulty")
            yield return "inDifficulty.difficulty.deFactoUnsupported";
        yield return $"onFile.category.{category}";
        yield return $"onFile.verified.{(child.Verified ? "yes" : "no")}";
        if (category == "leftBehind")
        {
            yield return $"leftBehind.reason.{reason}";
            yield return $"leftBehind.boarding.{child.Boarding}";
            // The five goals: schooling by the roll, guarding by the carer; who is left behind only is in no difficulty; of health and visits the plan tells nothing.
            yield return $"leftBehind.educated.{child.Schooling switch { "notCollected" => "notCollected", "droppedOut" or "notInSchool" => "failed", _ => "met" }}";
            yield return $"leftBehind.guarded.{(IsUnattended(child, today) ? "failed" : child.Carer switch { "none" => "failed", "notCollected" => "notCollected", _ => "met" })}";
            yield return "leftBehind.supported.met";
            yield return "leftBehind.healthy.notCollected";
            yield return "leftBehind.safe.notCollected";
            // The plan opens no assessment.
            yield return "leftBehind.grade.notCollected";
            // The plan opens no campaign of hazard screening.
            yield return "leftBehind.screenedWinterHoliday.notScreened";
            yield return "leftBehind.screenedSummerHoliday.notScreened";
            yield return "leftBehind.screenedAfterSchool.notScreened";
        }
    }

    /// <summary>
    /// Left behind: under 16, rural, both parents out for work, or one out and the other without guardianship capacity. Without
    /// a birth date or a residency it is undetermined, never silently out. In difficulty: nobody of the two is able.
    /// </summary>
    private static (string Category, string Reason) Category(CountedChild child, DateOnly today)
    {
        var father = child.Father.On(today);
        var mother = child.Mother.On(today);
        if (IsUnable(father) && IsUnable(mother))
            return ("inDifficulty", "");
        var reason = father is ParentState.OutForWork && mother is ParentState.OutForWork ? "bothParentsOut"
            : (father is ParentState.OutForWork && IsUnable(mother)) || (mother is ParentState.OutForWork && IsUnable(father)) ? "oneOutOtherWithoutCapacity"
            : "";
        if (reason == "" || child.Rural == false || (child.Born is { } born && Age(born, today) >= 16))
            return ("none", "");
        return child.Born is null || child.Rural is null ? ("undetermined", "") : ("leftBehind", reason);
    }

    /// <summary>Of those who are visited: dropouts, and whoever nobody supports, which alone makes the plan's children in difficulty.</summary>
    private static string KeyList(string category, string schooling) => (category, schooling) switch
    {
        ("inDifficulty", "droppedOut") => "several",
        ("inDifficulty", _) => "deFactoUnsupported",
        ("leftBehind", "droppedOut") => "droppedOut",
        _ => "none",
    };

    /// <summary>Nobody cares, as was told, and neither parent is there who could; under 8 it is enough that none is known to be at home.</summary>
    private static bool IsUnattended(CountedChild child, DateOnly today)
    {
        var (father, mother) = (child.Father.On(today), child.Mother.On(today));
        var under8 = child.Born is { } born && Age(born, today) < 8;
        return child.Carer == "none" && ((father is ParentState.OutForWork || IsUnable(father)) && (mother is ParentState.OutForWork || IsUnable(mother))
            || (under8 && father is not ParentState.AtHome && mother is not ParentState.AtHome));
    }

    private static bool IsUnable(ParentState state) =>
        state is ParentState.Deceased or ParentState.Missing or ParentState.Imprisoned or ParentState.Incapable or ParentState.NoContact;

    private static IEnumerable<string> OfPupil(CountedPupil pupil, DateOnly today) =>
    [
        "pupil.total.all", $"pupil.ageSex.{Band(pupil.Born, today)}.{pupil.Sex}",
        $"pupil.schooling.{pupil.SchoolingOfChild}", $"pupil.state.{StateOf(pupil)}",
        $"pupil.match.{(pupil.Matched ? "matched" : "waiting")}", $"pupil.boarding.{pupil.Boarding}",
        $"pupil.enrolment.{Enrolment(pupil)}",
        // Schools are asked nothing by the plan.
        "pupil.contactCard.none", "pupil.helpedCall.none",
        // The plan's feeds push no attendance.
        "pupil.attendance.notCollected", "pupil.truancy.notCollected", $"pupil.dropout.{pupil.Dropout}",
    ];

    /// <summary>Of those of compulsory school, who has neither dropped out nor was deferred.</summary>
    private static string Enrolment(CountedPupil pupil) => pupil.Stage switch
    {
        "notCollected" => "notCollected",
        "primary" or "juniorMiddle" => pupil.State is "droppedOut" or "deferred" ? "notInSchool" : "inSchool",
        _ => "notCompulsory",
    };

    /// <summary>Who leaves a stage past or before compulsory school has not dropped out of it.</summary>
    private static string StateOf(CountedPupil pupil) =>
        pupil is { State: "droppedOut", Stage: "kindergarten" or "seniorHigh" or "vocational" } ? "notInSchool" : pupil.State;

    private static string Band(DateOnly? born, DateOnly today) => born is null ? "notCollected" : Age(born.Value, today) switch
    {
        < 6 => "0-5",
        < 14 => "6-13",
        < 16 => "14-15",
        _ => "16-17",
    };

    private static List<string> Above(DivisionTree tree, string villageCode) =>
        [.. tree.Path(tree.Resolve(DivisionCode.Parse(villageCode), tree.Edition)!.Value).Select(d => tree.Code(d).Digits)];
}
