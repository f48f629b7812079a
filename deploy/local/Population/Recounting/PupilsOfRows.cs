using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.Recounting;

/// <summary>The pupils that roll rows tell of, rows in the source's order.</summary>
internal static class PupilsOfRows
{
    public static List<CountedPupil> Of(IEnumerable<RollRow> rows, Func<string, bool> isInCounty)
    {
        var pupils = new Dictionary<string, CountedPupil>();
        foreach (var row in rows)
        {
            var before = pupils.TryGetValue(row.StudentNo, out var known) ? Standing(known) : default;
            if (row.Enrolled is { } enrolled && isInCounty(enrolled.SchoolCode))
                Enrol(pupils, row.StudentNo, enrolled);
            else if (pupils.TryGetValue(row.StudentNo, out var pupil))
                Take(pupil, row, isInCounty);
            if (!pupils.TryGetValue(row.StudentNo, out var told))
                continue;
            told.ToldAt = row.SourceSequence;
            told.Dropout = DropoutOf(told, before.Item1);
            if (Standing(told) != before)
                told.Since = RowRules.EffectiveOn(row.OccurredAt, row.EffectiveOn);
        }
        return [.. pupils.Values];
    }

    private static (string, string, string) Standing(CountedPupil pupil) => (pupil.State, pupil.SchoolCode, pupil.Stage);

    /// <summary>Registered by the roll while in compulsory school; at school again from there is a return, and whatever else follows ends the case.</summary>
    private static string DropoutOf(CountedPupil now, string wasIn) => (now.State, now.Dropout) switch
    {
        ("droppedOut", _) when !IsCompulsory(now) => now.Dropout == "registered" ? "none" : now.Dropout,
        ("droppedOut", _) => wasIn == "droppedOut" ? now.Dropout : "registered",
        ("enrolled", "registered") => wasIn == "droppedOut" ? "returned" : "none",
        (_, "registered") => "none",
        _ => now.Dropout,
    };

    private static bool IsCompulsory(CountedPupil pupil) => pupil.Stage is "primary" or "juniorMiddle";

    private static void Enrol(Dictionary<string, CountedPupil> pupils, string studentNo, Enrolled told)
    {
        if (!pupils.TryGetValue(studentNo, out var pupil))
            pupils[studentNo] = pupil = new();
        pupil.State = "enrolled";
        pupil.Name = told.Name;
        // Only a G number holds the ID number.
        pupil.Number = told.IdNumber.Length > 0 ? told.IdNumber : studentNo.StartsWith('G') ? studentNo[1..] : "";
        pupil.Born = RowRules.Day(told.BirthDate);
        pupil.Sex = told.Sex switch { Sex.Male => "male", Sex.Female => "female", _ => "notCollected" };
        Place(pupil, told.SchoolCode, told.Stage, told.Boarding);
    }

    private static void Take(CountedPupil pupil, RollRow row, Func<string, bool> isInCounty)
    {
        if (row.Transferred is { } transferred && isInCounty(transferred.SchoolCode))
        {
            pupil.State = "enrolled";
            Place(pupil, transferred.SchoolCode, transferred.Stage, transferred.Boarding);
        }
        else if (row.OnLeave is not null)
            pupil.State = "onLeave";
        else if (row.DroppedOut is not null)
            pupil.State = "droppedOut";
        else if (row.Graduated is not null)
            pupil.State = "graduated";
    }

    /// <summary>What a row does not tell stays as it was known.</summary>
    private static void Place(CountedPupil pupil, string schoolCode, Stage stage, Boarding boarding)
    {
        pupil.SchoolCode = schoolCode;
        pupil.Stage = stage switch
        {
            Stage.Kindergarten => "kindergarten",
            Stage.Primary => "primary",
            Stage.JuniorMiddle => "juniorMiddle",
            Stage.SeniorHigh => "seniorHigh",
            Stage.Vocational => "vocational",
            _ => pupil.Stage,
        };
        pupil.Boarding = boarding switch { Boarding.Boarder => "yes", Boarding.DayPupil => "no", _ => pupil.Boarding };
    }
}
