using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Boarders;

/// <summary>What is done with a sheet.</summary>
public enum BoardingAct { Tell, Miss }

/// <summary>One row of the table: an act, and where the sheet may stand for it (null: before anything).</summary>
public sealed record BoardingTransition(BoardingAct Act, IReadOnlyList<RollState?> From);

/// <summary>One sheet of boarders (寄宿生): a night roll, or a hand-over. Pure.</summary>
public sealed record BoardingSheet(Guid Id) : IFolded<BoardingSheet>
{
    /// <summary>What is allowed when: only a night of which nothing is known is missed.</summary>
    public static readonly IReadOnlyList<BoardingTransition> Transitions =
    [
        new(BoardingAct.Tell, [null, RollState.Taken, RollState.TakenLate, RollState.Missing]),
        new(BoardingAct.Miss, [null]),
    ];

    /// <summary>Which marks a sheet of a kind has, and what each counts as.</summary>
    public static readonly IReadOnlyDictionary<BoardingMark, (BoardingSheetKind Kind, BoardingOutcome As)> Marks = new Dictionary<BoardingMark, (BoardingSheetKind, BoardingOutcome)>
    {
        [BoardingMark.Excused] = (BoardingSheetKind.NightRoll, BoardingOutcome.Excused),
        [BoardingMark.NotFound] = (BoardingSheetKind.NightRoll, BoardingOutcome.Finding),
        [BoardingMark.ToParent] = (BoardingSheetKind.HandOver, BoardingOutcome.Present),
        [BoardingMark.ToGuardian] = (BoardingSheetKind.HandOver, BoardingOutcome.Present),
        [BoardingMark.ToCarer] = (BoardingSheetKind.HandOver, BoardingOutcome.Present),
        [BoardingMark.ToRelative] = (BoardingSheetKind.HandOver, BoardingOutcome.Present),
        [BoardingMark.BySchoolTransport] = (BoardingSheetKind.HandOver, BoardingOutcome.Present),
        [BoardingMark.Stays] = (BoardingSheetKind.HandOver, BoardingOutcome.Excused),
        [BoardingMark.NotHandedOver] = (BoardingSheetKind.HandOver, BoardingOutcome.Finding),
    };

    public static string StreamType => "boarding-sheet";

    public static BoardingSheet New(Guid id) => new(id);

    public static Guid IdOf(BoardingPlace of) => new(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{StreamType}/{(short)of.Kind}/{of.School.Value}/{of.Date.DayNumber}/{of.SchoolNo.Length}:{of.SchoolNo}/{of.Dormitory}")).AsSpan(0, 16));

    public BoardingPlace? Of { get; private init; }
    public BoardingSheetFacts? Facts { get; private init; }
    public ImmutableArray<BoardingEntry> Entries { get; private init; } = [];

    /// <summary>How often it was told.</summary>
    public long Version { get; private init; }

    /// <summary>Requests that were taken.</summary>
    public ImmutableHashSet<Guid> Requests { get; private init; } = [];

    public static bool Allows(BoardingAct act, RollState? at) => Transitions.Single(t => t.Act == act).From.Contains(at);

    /// <summary>Nothing for a request that was taken before, and where the sheet says so already.</summary>
    /// <param name="of">Which sheet.</param>
    /// <param name="request">See the event.</param>
    /// <param name="entries">Whom it names, each with a mark of the sheet's kind.</param>
    /// <param name="present">Who was there; of a hand-over, worked out of its entries.</param>
    /// <param name="today">On which day it is told.</param>
    /// <param name="now">When.</param>
    public IEnumerable<IBoardingSheetEvent> Tell(BoardingPlace of, Guid request, IReadOnlyCollection<BoardingEntry> entries, int present, DateOnly today, DateTimeOffset now)
    {
        if (Requests.Contains(request))
            return [];
        BoardingEntry[] sorted = [.. entries.OrderBy(e => e.Pupil)];
        int Count(BoardingOutcome outcome) => sorted.Count(e => Marks[e.Mark].As == outcome);
        var roll = Facts?.Roll is RollState.Taken || (Facts is null && today == of.Date) ? RollState.Taken : RollState.TakenLate;
        var facts = new BoardingSheetFacts(of.School, of.Kind, of.Date, roll,
            of.Kind is BoardingSheetKind.NightRoll ? present : Count(BoardingOutcome.Present), Count(BoardingOutcome.Excused), Count(BoardingOutcome.Finding));
        if (facts == Facts && sorted.Select(e => (e.Pupil, e.Mark)).SequenceEqual(Entries.Select(e => (e.Pupil, e.Mark))))
            return [];
        var before = Entries.Where(e => e.Mark is BoardingMark.NotFound).Select(e => e.Pupil).ToHashSet();
        return [new BoardingSheetTold(of, request, sorted, [.. sorted.Where(e => e.Mark is BoardingMark.NotFound && !before.Contains(e.Pupil))], now, Version > 0, facts)];
    }

    /// <summary>The day of the night has ended without a roll.</summary>
    public IEnumerable<IBoardingSheetEvent> Miss(BoardingPlace of) =>
        Allows(BoardingAct.Miss, Facts?.Roll) ? [new NightRollMissed(of, new(of.School, of.Kind, of.Date, RollState.Missing, 0, 0, 0))] : [];

    public BoardingSheet After(object @event) => @event switch
    {
        BoardingSheetTold told => this with { Of = told.Of, Facts = told.After, Entries = [.. told.Entries], Version = Version + 1, Requests = Requests.Add(told.Request) },
        NightRollMissed missed => this with { Of = missed.Of, Facts = missed.After },
        _ => this,
    };
}

/// <summary>What a mark counts as.</summary>
public enum BoardingOutcome { Present, Excused, Finding }
