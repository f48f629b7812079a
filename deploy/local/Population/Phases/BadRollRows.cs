using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.Phases;

/// <summary>Rows of the student roll that cannot be taken, each for one reason.</summary>
internal sealed class BadRollRows(PopulationPlan plan, RollRows rows, Villages villages, List<Pupil> pupils, School school, Func<long> next)
{
    private int _new = 90_000_000;

    public IEnumerable<Parcel<RollRow>> Draw(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var kind = i % (Kinds.Length + 1);
            var sent = kind < Kinds.Length ? Kinds[kind]().Rejected() : UsedId(pupils[i % pupils.Count]).UsedId();
            yield return new([sent, .. i % 20 == 7 && sent.Ledger is { } first ? [sent.Row.Again(first)] : Array.Empty<SentRow<RollRow>>()]);
        }
    }

    private Func<RollRow>[] Kinds =>
    [
        () => Head(r => r.StudentNo = ""),
        () => Head(r => r.SourceEventId = ""),
        () => Head(r => r.SourceSequence = 0),
        () => Head(r => r.OccurredAt = Clock.Text(plan.Today.AddDays(30)) + "T08:00:00+08:00"),
        () => Head(r => r.EffectiveOn = "2024-13-01"),
        () => Head(r => r.EffectiveOn = Clock.Text(plan.Today.AddDays(3))),
        () => Head(r => r.Enrolled = null),
        () => Enrolled(e => e.SchoolCode = plan.CountyCode + "999999"),
        () => Enrolled(e => e.SchoolCode = villages.FarAway),
        () => Enrolled(e => e.SchoolCode = ""),
        () => Enrolled(e => e.SchoolCode = villages.All[0].TownCode),
        () => Enrolled(e => e.Name = string.Concat(Enumerable.Repeat("皇甫瀚淼", 26))),
        () => Enrolled(e => e.BirthDate = "2016-02-30"),
        () => Enrolled(e => e.BirthDate = Clock.Text(plan.Today.AddDays(30))),
        () => Enrolled(e => e.Stage = (Stage)9),
    ];

    /// <summary>The id of a row of the first load, at another school.</summary>
    private RollRow UsedId(Pupil pupil)
    {
        var row = rows.Enrolled(pupil);
        row.Enrolled.SchoolNo += "-2";
        return row;
    }

    private RollRow Head(Action<RollRow> spoil)
    {
        var row = Enrolled(_ => { });
        spoil(row);
        return row;
    }

    private RollRow Enrolled(Action<Enrolled> spoil)
    {
        var row = rows.Row(next(), $"L431003{_new++:D10}");
        row.Enrolled = new()
        {
            Name = "尉迟堃焱", BirthDate = Clock.Text(plan.Today.AddYears(-9)), Sex = Sex.Female,
            SchoolNo = school.No, SchoolCode = school.Code, Stage = school.Stage, Boarding = Boarding.DayPupil,
        };
        spoil(row.Enrolled);
        return row;
    }
}
