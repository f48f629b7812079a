using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.Phases;

/// <summary>The wave of changes of the student roll. Every change takes pupils of its own.</summary>
internal sealed class RollChanges
{
    private const long FirstNumber = 500_000_001;
    private readonly PopulationPlan _plan;
    private readonly Roll _roll;
    private readonly RollRows _rows;
    private readonly Villages _villages;
    private readonly Dice _dice;
    private readonly IReadOnlyList<Family> _families;
    private readonly Untouched<Pupil> _untouched;
    private readonly List<Parcel<RollRow>> _parcels = [];
    private long _number = FirstNumber;

    public RollChanges(PopulationPlan plan, IReadOnlyList<Family> families, IEnumerable<Pupil> pupils, Roll roll, Villages villages, RollRows rows)
    {
        (_plan, _families, _roll, _villages, _rows, _dice) = (plan, families, roll, villages, rows, new Dice(plan.Seed, 6));
        _untouched = new(_dice.Shuffled(pupils));
    }

    public List<SentRow<RollRow>> Draw()
    {
        foreach (var pupil in Take(int.MaxValue, p => p.NameMistyped && _dice.PerMille(500)))
            Send(_rows.Enrolled(Next(), pupil));
        Transfers();
        Departures();
        Enrolments();
        Repetitions();
        var untouched = Take(40, p => !p.NameMistyped);
        var good = _parcels.Sum(p => p.Rows.Count());
        _parcels.AddRange(new BadRollRows(_plan, _rows, _villages, untouched, _roll.Schools[0], Next).Draw(Math.Max(30, good / 49)));
        var mixed = _dice.Shuffled(_parcels);
        return [.. Sending.InOrder(mixed.Where(p => p.Late is not null).Concat(mixed.Where(p => p.Late is null)), _plan.BatchSize)];
    }

    private void Transfers()
    {
        foreach (var pupil in Take(Share(10), p => !p.NameMistyped))
            Send(_rows.Transferred(Next(), pupil, _roll.SchoolOf(pupil.Stage, pupil.School.TownCode, not: pupil.School), _roll.BoardingAt(pupil.Stage)));
        foreach (var pupil in Take(Share(10), p => p is { NameMistyped: false, Stage: Stage.Kindergarten }))
            Send(_rows.Enrolled(Next(), pupil with { Stage = Stage.Primary, School = _roll.SchoolOf(Stage.Primary, pupil.School.TownCode) }));
    }

    private void Departures()
    {
        foreach (var pupil in Take(Share(3), p => p is { NameMistyped: false, Stage: not Stage.Kindergarten }))
            Send(_rows.OnLeave(Next(), pupil, _dice.PerMille(500) ? 0 : _dice.Between(30, 300)));
        // Far below 14, so that nobody takes them for out of school (不在学) instead of dropped out (辍学).
        foreach (var pupil in Take(Share(4), p => p is { NameMistyped: false, Stage: Stage.Primary } && Ages.On(p.Born, _plan.Today) is > 6 and < 12))
            Send([_rows.DroppedOut(Next(), pupil), .. _dice.PerMille(300) ? [_rows.Enrolled(Next(), pupil)] : Array.Empty<RollRow>()]);
        foreach (var pupil in Take(Share(10), p => p is { NameMistyped: false, Stage: Stage.SeniorHigh or Stage.Vocational }))
            Send(_rows.Graduated(Next(), pupil));
    }

    /// <summary>Children newly on the roll, and pupils from elsewhere; of a few the transfer comes a batch before the enrolment.</summary>
    private void Enrolments()
    {
        var free = from f in _families where f.IsPlain from c in f.Children where !c.IsPupil && Ages.On(c.Born, _plan.Today) >= 3 select (c, f.Village.TownCode);
        foreach (var (child, town) in _dice.Shuffled(free).Take(Share(8)))
            Send(_rows.Enrolled(Next(), _roll.Enrol(child, town, _number) with { NameMistyped = false }));
        for (var i = 0; i < Share(1); i++)
        {
            var enrolment = _rows.Enrolled(Next(), _roll.Stranger(_number));
            var stranger = enrolment.StudentNo;
            var stage = enrolment.Enrolled.Stage;
            var transfer = _rows.Row(Next(), stranger);
            var to = _roll.SchoolOf(stage, _roll.Schools[0].TownCode, not: _roll.Schools.First(s => s.No == enrolment.Enrolled.SchoolNo));
            transfer.Transferred = new() { SchoolNo = to.No, SchoolCode = to.Code, Stage = stage, Boarding = Boarding.DayPupil };
            if (i % 3 == 0 && _plan.Pupils >= 20 * _plan.BatchSize)
                _parcels.Add(new([transfer.Waits()], enrolment.Applied()));
            else
                Send(enrolment, transfer);
        }
    }

    /// <summary>What changes nothing: rows sent again, told again under new ids, or late with an older sequence.</summary>
    private void Repetitions()
    {
        foreach (var pupil in Take(Share(10), _ => true))
            _parcels.Add(new([_rows.Enrolled(pupil).Again()]));
        foreach (var pupil in Take(Share(10), p => !p.NameMistyped))
            _parcels.Add(new([_rows.Enrolled(Next(), pupil).Unchanged()]));
        foreach (var pupil in Take(Share(5), p => p is { NameMistyped: false, FirstSequence: > 1 }))
        {
            var late = _rows.Enrolled(Next(), pupil with { School = _roll.SchoolOf(pupil.Stage, pupil.School.TownCode, not: pupil.School) });
            late.SourceSequence = pupil.FirstSequence - 1;
            _parcels.Add(new([late.Superseded()]));
        }
    }

    private void Send(params RollRow[] rows) => _parcels.Add(new(rows.Select(Sending.Applied).ToList()));

    private long Next() => _number++;

    private int Share(int perMille) => Math.Max(1, _plan.Pupils * perMille / 1000);

    private List<Pupil> Take(int most, Func<Pupil, bool> where) => _untouched.Take(most, where);
}
