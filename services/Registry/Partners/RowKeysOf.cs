using LeftBehind.Intake;
using LeftBehind.Registry.Lists;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Partners;

/// <summary>Ids made of a partner's own numbers: the same number of the same source is always the same thing, and no number can be read from it.</summary>
public sealed class RowKeysOf(BlindIndex index, IdNumberIndex numbers)
{
    private readonly RecentKeys households = new(number => index.ShortOf("household", number));
    private readonly RecentKeys persons = new(number => index.ShortOf("person", number));

    public Guid Household(string source, string householdNo) => PaperSource.OnFileAs(source, householdNo) ?? households.Of(source + "/" + householdNo);

    public Guid Person(string source, string personNo) => persons.Of(source + "/" + personNo);

    public Guid Ordered(string what, Guid thing) => index.ShortOf("order", what + "/" + thing.ToString("N"));

    /// <summary>What rows about a child wait for whose file lies outside their pusher's divisions: that it moves, or is corrected, there.</summary>
    public Guid MoveOut(Guid child) => index.ShortOf("move-out", child.ToString("N"));

    /// <summary>The blind index of an ID number, shared with the roll.</summary>
    public Guid IdNumber(string number) => numbers.Of(number);
}
