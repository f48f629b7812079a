using LeftBehind.Platform.Figures;

namespace LeftBehind.Platform.Tests;

/// <summary>The numbers of measures are stored with every counter: what is approved stays, new measures come at the end.</summary>
public sealed class MeasuresTests
{
    [Fact]
    public void The_number_of_a_measure_never_changes()
    {
        var approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "measures.approved.txt"));
        Assert.Equal(approved, Measures.Named.Select(name => $"{Measures.Find(name)} {name}"));
    }

    [Fact]
    public void A_measure_is_found_by_its_name()
    {
        Assert.All(Measures.Named, name => Assert.Equal(name, Measures.All[Measures.Find(name)!.Value]));
        Assert.Null(Measures.Find("leftBehind.total"));
        Assert.Null(Measures.Find(""));
    }

    [Fact]
    public void An_empty_choice_is_all_and_a_choice_is_only_what_was_chosen()
    {
        Assert.Equal(Measures.Named.Count, Measures.Of([], []).Length);
        Assert.Equal(["leftBehind.total.all"], Measures.Of(["leftBehind"], ["total"]).Select(m => Measures.All[m]));
        Assert.Empty(Measures.Of(["pupil"], ["carer"]));
    }
}
