using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Boarders;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Night rolls and hand-overs of boarders: told, corrected, missed; a boarder who is not found is suspected missing once a night.</summary>
public class BoardingSheetTests
{
    private static readonly DateOnly Night = new(2026, 3, 9);
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);
    private static readonly BoardingPlace NightRoll = new(BoardingSheetKind.NightRoll, Sample.Id(Sample.Here), "S1", "3", Night), HandOver = NightRoll with { Kind = BoardingSheetKind.HandOver };
    private static readonly Guid One = Guid.NewGuid(), Two = Guid.NewGuid();

    [Fact]
    public void Every_act_is_possible_exactly_where_the_table_has_it()
    {
        Assert.Equal(Enum.GetValues<BoardingAct>(), BoardingSheet.Transitions.Select(t => t.Act));
        var (never, missed) = (New(NightRoll), After(New(NightRoll), New(NightRoll).Miss(NightRoll)));
        foreach (var known in new[] { never, missed, Told(never, []), Told(missed, []) })
        {
            Assert.Equal(BoardingSheet.Allows(BoardingAct.Miss, known.Facts?.Roll), known.Miss(NightRoll).Any());
            Assert.Equal(BoardingSheet.Allows(BoardingAct.Tell, known.Facts?.Roll), Tell(known, [new(One, null, BoardingMark.Excused)]).Any());
        }
        Assert.Equal([RollState.Missing, RollState.Taken, RollState.TakenLate], new[] { missed, Told(never, []), Told(missed, []) }.Select(s => s.Facts!.Roll));
        Assert.Equal(RollState.TakenLate, Told(never, [], today: Night.AddDays(1)).Facts!.Roll);
        Assert.Equal(RollState.Taken, Told(Told(never, []), [new(One, null, BoardingMark.Excused)], today: Night.AddDays(1)).Facts!.Roll);
    }

    [Fact]
    public void Every_mark_counts_once_on_a_sheet_of_its_kind()
    {
        Assert.Equal(Enum.GetValues<BoardingMark>(), BoardingSheet.Marks.Keys);
        Assert.All(BoardingSheet.Marks, mark =>
        {
            var of = mark.Value.Kind is BoardingSheetKind.NightRoll ? NightRoll : HandOver;
            var facts = Told(New(of), [new(One, null, mark.Key)], of: of, present: 0).Facts!;
            Assert.Equal((mark.Value.As is BoardingOutcome.Present ? 1 : 0, mark.Value.As is BoardingOutcome.Excused ? 1 : 0, mark.Value.As is BoardingOutcome.Finding ? 1 : 0), (facts.Present, facts.Excused, facts.Findings));
        });
    }

    [Fact]
    public void Whoever_is_not_found_is_suspected_missing_once_a_night_and_nobody_by_a_hand_over()
    {
        var first = Assert.Single(Tell(New(NightRoll), [new(One, Sample.Child, BoardingMark.NotFound), new(Two, null, BoardingMark.Excused)]));
        Assert.Equal([new MissingSuspected(One, Sample.Child, NightRoll.School, Now)], Facts(first).OfType<MissingSuspected>());
        var second = Assert.Single(Tell(New(NightRoll).After(first), [new(One, Sample.Child, BoardingMark.NotFound), new(Two, null, BoardingMark.NotFound)]));
        Assert.Equal([new MissingSuspected(Two, null, NightRoll.School, Now)], Facts(second).OfType<MissingSuspected>());
        var none = Assert.Single(Tell(New(HandOver), [new(One, null, BoardingMark.NotHandedOver)], of: HandOver));
        Assert.Empty(Facts(none).OfType<MissingSuspected>());
    }

    [Fact]
    public void Told_again_it_is_as_it_was()
    {
        var request = Guid.NewGuid();
        var known = Told(New(NightRoll), [new(One, null, BoardingMark.Excused)], request: request);
        Assert.Empty(known.Tell(NightRoll, request, [], 1, Night, Now));
        Assert.Empty(Tell(known, [new(One, null, BoardingMark.Excused)]));
        Assert.Equal(2, Told(known, []).Version);
        Assert.Equal(4, new[] { NightRoll, HandOver, NightRoll with { Dormitory = "4" }, NightRoll with { SchoolNo = "S13", Dormitory = "" } }.Select(BoardingSheet.IdOf).Distinct().Count());
    }

    [Fact]
    public void Every_event_is_told_of_the_sheet()
    {
        IBoardingSheetEvent[] all = [.. Tell(New(NightRoll), []), .. Tell(Told(New(NightRoll), []), [new(One, null, BoardingMark.Excused)]), .. New(NightRoll).Miss(NightRoll)];
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IBoardingSheetEvent))).OrderBy(t => t.Name), all.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name));
        Assert.Equal(Enum.GetValues<BoardingSheetChange>(), all.Select(e => ((BoardingSheetRecorded)Facts(e)[0]).Change));
        Assert.All(all, e => Assert.Equal(e.After, ((BoardingSheetRecorded)Facts(e)[0]).After));
    }

    private static List<object> Facts(IBoardingSheetEvent e) => [.. new EducationRelay().Translate(new(1, Guid.Empty, BoardingSheet.IdOf(e.Of), 1, e, new(Now, Night))).Select(f => f.Fact)];

    private static BoardingSheet New(BoardingPlace of) => BoardingSheet.New(BoardingSheet.IdOf(of));

    private static IEnumerable<IBoardingSheetEvent> Tell(BoardingSheet known, BoardingEntry[] entries, BoardingPlace? of = null, DateOnly? today = null, Guid? request = null, int present = 20) =>
        known.Tell(of ?? NightRoll, request ?? Guid.NewGuid(), entries, present, today ?? Night, Now);

    private static BoardingSheet Told(BoardingSheet known, BoardingEntry[] entries, BoardingPlace? of = null, DateOnly? today = null, Guid? request = null, int present = 20) =>
        After(known, Tell(known, entries, of, today, request, present));

    private static BoardingSheet After(BoardingSheet known, IEnumerable<IBoardingSheetEvent> events) => events.Aggregate(known, (k, e) => k.After(e));
}
