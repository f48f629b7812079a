using LeftBehind.Divisions;
using LeftBehind.Population.People;
using LeftBehind.Population.Phases;
using LeftBehind.Population.Rows;
using LeftBehind.Population.World;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population;

/// <summary>
/// The people of a county's real villages, as two partner systems push them: the population base and the student roll. The same
/// seed, day and numbers give the same rows, byte by byte. Nobody in it is real.
/// </summary>
public sealed class PopulationPlan
{
    /// <summary>The source system of the household rows.</summary>
    public const string PopulationBase = "population-base";

    /// <summary>The source system of the roll rows.</summary>
    public const string StudentRoll = "student-roll";

    private readonly Lazy<(List<SentRow<HouseholdRow>> Households, List<SentRow<RollRow>> Roll)> _changes;

    /// <summary>Draws the population. Throws <see cref="ArgumentException"/> when the numbers do not fit each other.</summary>
    /// <param name="tree">The divisions, of which the county's villages are peopled.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="today">The day of the push, Asia/Shanghai; every row is of the days before.</param>
    /// <param name="households">Households of the first load.</param>
    /// <param name="pupils">Pupils of the first load; one in a hundred belongs to no household.</param>
    /// <param name="leftBehind">Children that are left behind after the first load.</param>
    /// <param name="countyCode">The county.</param>
    /// <param name="batchSize">The most rows of a batch.</param>
    public PopulationPlan(DivisionTree tree, int seed, DateOnly today, int households = 20_000, int pupils = 28_000, int leftBehind = 6_000,
        string countyCode = "431003", int batchSize = 500)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfLessThan(households, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, 1000);
        (Seed, Today, Households, Pupils, LeftBehind, CountyCode, BatchSize) = (seed, today, households, pupils, leftBehind, countyCode, batchSize);

        var numbers = new IdNumbers();
        var villages = new Villages(tree, countyCode, today);
        var drawing = new Households(this, villages, numbers);
        var strangers = pupils / 100;
        var families = drawing.Draw(pupils - strangers);
        var roll = new Roll(this, villages, numbers);
        var enrolled = roll.Draw(families, strangers);
        var (householdRows, rollRows) = (new HouseholdRows(today), new RollRows(today));

        FirstLoad = PhaseOf("first", () => Phases.FirstLoad.Households(families, householdRows, batchSize), () => Phases.FirstLoad.Roll(enrolled, rollRows));
        _changes = new(() => (
            new HouseholdChanges(this, families, villages, drawing.Kin, householdRows).Draw(),
            new RollChanges(this, families, enrolled, roll, villages, rollRows).Draw()));
        Changes = PhaseOf("change", () => _changes.Value.Households, () => _changes.Value.Roll);
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The day of the push, Asia/Shanghai.</summary>
    public DateOnly Today { get; }

    /// <summary>Households of the first load.</summary>
    public int Households { get; }

    /// <summary>Pupils of the first load.</summary>
    public int Pupils { get; }

    /// <summary>Children left behind after the first load.</summary>
    public int LeftBehind { get; }

    /// <summary>The county.</summary>
    public string CountyCode { get; }

    /// <summary>The most rows of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Every household and every pupil.</summary>
    public Phase FirstLoad { get; }

    /// <summary>Departures, returns, moves, births, corrections, repetitions, late and bad rows. To be pushed after the first load.</summary>
    public Phase Changes { get; }

    private Phase PhaseOf(string name, Func<IEnumerable<SentRow<HouseholdRow>>> households, Func<IEnumerable<SentRow<RollRow>>> roll) => new(
        new(PopulationBase, households, (id, rows) => new HouseholdBatch { BatchId = id, Rows = { rows } }, BatchSize, $"pb-{name}"),
        new(StudentRoll, roll, (id, rows) => new RollBatch { BatchId = id, Rows = { rows } }, BatchSize, $"sr-{name}"));
}
