using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using Xunit;
using static LeftBehind.Divisions.DivisionFault;
using static LeftBehind.Divisions.Tests.SmallTree;

namespace LeftBehind.Divisions.Tests;

/// <summary>Every fault of every kind of change, from the table itself: one that has no change here to show it fails.</summary>
public sealed class ForbiddenChangesTests
{
    private const string Document = "湘政函〔2023〕1号";
    private static readonly DateOnly On = new(2023, 6, 30), Today = new(2026, 3, 2);
    private static readonly DivisionId Village = Id("431003101201"), Beside = Id("431003101202"), Town = Id("431003101"), NextTown = Id("431003102"), County = Id("431003"), Province = Id("43"), Nowhere = Id("439999"), Gone = Id("431102101201"), GoneTown = Id("431102102"), LaterTown = Id("431003105", 2024), LaterVillage = Id("431003105201", 2024);

    /// <summary>Something ended, and something was changed in 2024.</summary>
    private static readonly DivisionHistory Now = Regular.After(
        new DivisionAbolished(Gone, On, Document), new DivisionsMerged([GoneTown], Id("431102101"), On, Document), new DivisionRenamed(NextTown, "后改镇", On.AddYears(1), Document),
        new DivisionRenamed(Beside, "后改村", On.AddYears(1), Document), new DivisionEstablished(LaterTown, Code("431003105"), "后设镇", County, false, On.AddYears(1), Document),
        new DivisionEstablished(LaterVillage, Code("431003105201"), "后设村", LaterTown, false, On.AddYears(1), Document));

    public static TheoryData<string, DivisionFault> Forbidden =>
        [.. ForbiddenChanges.Table.SelectMany(row => row.Value.Select(fault => new TheoryDataRow<string, DivisionFault>(row.Key.Name, fault)))];

    [Theory, MemberData(nameof(Forbidden))]
    public void A_change_with_a_fault_of_its_kind_is_forbidden(string kind, DivisionFault fault)
    {
        var change = Faulty(kind, fault);
        Assert.Equal(kind, change.GetType().Name);
        Assert.Equal(fault, ForbiddenChanges.Of(Now, change, Today));
    }

    [Fact]
    public void Every_kind_of_change_is_in_the_table() => Assert.Equal(
        typeof(IDivisionChange).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IDivisionChange)) && !t.IsInterface).Select(t => t.Name).Order(),
        ForbiddenChanges.Table.Keys.Select(t => t.Name).Order());

    private static IDivisionChange Faulty(string kind, DivisionFault fault)
    {
        var (on, document) = (fault switch { InTheFuture => Today.AddDays(1), ChangedLater => On.AddDays(1), _ => On.AddYears(2) }, fault is NoDocument ? " " : Document);
        var changed = fault switch { Unknown => Nowhere, Ended => kind is nameof(DivisionsMerged) ? GoneTown : Gone, ChangedLater => NextTown, _ => (DivisionId?)null };
        var (code, year) = (Code(fault switch { CodeInUse => "431003101202", WrongLevel => "431003109", IdTaken => "431003101299", _ => "431003101209" }), on.Year);
        return kind switch
        {
            nameof(DivisionEstablished) => fault is ChangedLater
                ? new DivisionEstablished(Id("431003105202", year), Code("431003105202"), "新村", LaterTown, false, on, document)
                : new DivisionEstablished(fault is IdTaken ? Beside : DivisionId.Of(code, year), code, fault is NoName ? "" : "新村", fault switch { Unknown => Id("439999999"), Ended => GoneTown, _ => Town }, false, on, document),
            nameof(DivisionRenamed) => new DivisionRenamed(changed ?? Village, fault switch { NoName => new('名', 51), NothingChanges => "村201", _ => "新村" }, on, document),
            nameof(DivisionRecoded) => new DivisionRecoded(changed ?? Village, fault is NothingChanges ? Code("431003101201") : changed?.Level is DivisionLevel.Town ? Code("431003109") : changed == Nowhere ? Code("431009") : code, on, document),
            nameof(DivisionReparented) => new DivisionReparented(changed ?? Village, fault switch { NothingChanges => Town, WrongLevel => County, ChangedLater => Id("431002"), _ => NextTown }, on, document),
            nameof(DivisionsMerged) => new DivisionsMerged(fault is NamesNone ? [] : [changed ?? Town], fault switch { NamedTwice => Town, WrongLevel => County, _ => Id("431002101") }, on, document),
            nameof(DivisionSplit) => new DivisionSplit(fault is ChangedLater ? Town : changed ?? Town, fault is NamesNone ? [] : Parts(fault, year), on, document),
            nameof(VillagesExtracted) => new VillagesExtracted(
                fault switch { NamesNone => [], NamedTwice => [Village, Village], Unknown => [Id("439999999999")], Ended => [Gone], ChangedLater => [LaterVillage], _ => [Village] },
                fault is IdTaken ? Beside : DivisionId.Of(code, year), code, fault is NoName ? "\n" : "新村", Town, on, document),
            nameof(DivisionAbolished) => new DivisionAbolished(fault switch { LivingBelow => Town, WrongLevel => Province, _ => changed ?? Village }, on, document),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static DivisionPart[] Parts(DivisionFault fault, int year)
    {
        DivisionPart Part(string code) => new(fault is IdTaken ? Town : Id(code, year), Code(code), fault is NoName ? "" : "新镇", [fault is NotBelow ? Id("431003102201") : fault is ChangedLater ? Beside : Village]);
        return fault switch { NamedTwice => [Part("431003109"), Part("431003108")], WrongLevel => [Part("431003101209")], CodeInUse => [Part("431003102")], _ => [Part("431003109")] };
    }
}
