using System.Globalization;
using LeftBehind.Population.People;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.World;

/// <summary>Draws the student roll: schools in the towns, the pupils of the households, and a few whom no household knows.</summary>
internal sealed class Roll
{
    /// <summary>桂阳县.</summary>
    private const string NeighboursPrefix = "431021";

    private readonly PopulationPlan _plan;
    private readonly IdNumbers _numbers;
    private readonly Dice _dice;
    private readonly ILookup<(Stage Stage, string TownCode), School> _byTown;

    public Roll(PopulationPlan plan, Villages villages, IdNumbers numbers)
    {
        (_plan, _numbers, _dice) = (plan, numbers, new Dice(plan.Seed, 3));
        Schools = [.. Found(villages)];
        _byTown = Schools.ToLookup(s => (s.Stage, s.TownCode));
    }

    public IReadOnlyList<School> Schools { get; }

    public List<Pupil> Draw(IEnumerable<Family> families, int strangers)
    {
        var known = from family in families from child in family.Children where child.IsPupil select (child, family.Village.TownCode);
        var sequence = 1;
        var roll = known.Select(k => Enrol(k.child, k.TownCode, sequence++)).ToList();
        roll.AddRange(Enumerable.Range(0, strangers).Select(_ => Stranger(sequence++)));
        return roll;
    }

    /// <summary>A child of a household on the roll, which has its right name and number.</summary>
    public Pupil Enrol(Child child, string townCode, long sequence) =>
        Enrol(child.Name, child.IdNumber, child.Born, (Sex)child.Sex, townCode, sequence) with { NameMistyped = child.Name.Length > 2 && _dice.PerMille(3) };

    /// <summary>A pupil whose household is not pushed.</summary>
    public Pupil Stranger(long sequence)
    {
        var male = _dice.PerMille(530);
        var born = _plan.Today.AddYears(-16).AddDays(_dice.Below(11 * 365));
        return Enrol(Names.Surname(_dice) + Names.Given(_dice, male), _numbers.Next(NeighboursPrefix, born, male), born, male ? Sex.Male : Sex.Female,
            _dice.Pick(Schools).TownCode, sequence);
    }

    /// <summary>Another school of a stage, seldom in another town.</summary>
    public School SchoolOf(Stage stage, string townCode, School? not = null)
    {
        var near = _byTown[(stage, townCode)].Where(s => s != not).ToList();
        return near.Count > 0 && !_dice.PerMille(60) ? _dice.Pick(near) : _dice.Pick(Schools.Where(s => s.Stage == stage && s != not).ToList());
    }

    public Boarding BoardingAt(Stage stage) => _dice.PerMille(8) ? Boarding.Unknown
        : _dice.PerMille(stage switch { Stage.Kindergarten => 0, Stage.Primary => 120, Stage.JuniorMiddle => 500, _ => 850 }) ? Boarding.Boarder : Boarding.DayPupil;

    private Pupil Enrol(string name, string idNumber, DateOnly born, Sex sex, string townCode, long sequence)
    {
        var stage = StageAt(Ages.On(born, _plan.Today));
        var kind = _dice.Below(1000);
        // L: made before the ID number was known; J: without one of the mainland. The number may be told beside it or not.
        var studentNo = kind switch { < 12 => TemporaryNo('L', sequence), < 15 => TemporaryNo('J', sequence), _ => "G" + idNumber };
        var told = (kind < 15 ? _dice.PerMille(500) : !_dice.PerMille(30)) ? idNumber : "";
        return new(studentNo, name, told, born, sex, SchoolOf(stage, townCode), stage, BoardingAt(stage), false, sequence);
    }

    private Stage StageAt(int age) => age switch
    {
        < 6 => Stage.Kindergarten,
        < 12 => Stage.Primary,
        < 15 => Stage.JuniorMiddle,
        _ => _dice.PerMille(620) ? Stage.SeniorHigh : Stage.Vocational,
    };

    private static string TemporaryNo(char kind, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{kind}431003{sequence:D10}");

    private IEnumerable<School> Found(Villages villages)
    {
        var towns = villages.All.GroupBy(v => v.TownCode).Select(t => t.ToList()).ToList();
        var n = 0;
        foreach (var town in towns)
            foreach (var stage in new[] { Stage.Kindergarten, Stage.Primary, Stage.JuniorMiddle })
                yield return At(town, stage);
        foreach (var stage in new[] { Stage.SeniorHigh, Stage.SeniorHigh, Stage.SeniorHigh, Stage.Vocational, Stage.Vocational })
            yield return At(_dice.Pick(towns), stage);

        School At(List<Village> town, Stage stage) => new($"S{++n:D4}", _dice.Pick(town).Code, town[0].TownCode, stage);
    }
}
