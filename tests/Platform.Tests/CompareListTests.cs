using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.Divisions;
using LeftBehind.Divisions.Tests;
using LeftBehind.Platform.Divisions.Proposals;

namespace LeftBehind.Platform.Tests;

/// <summary>The lists of 2019 and 2023 of 郴州市 and 公主岭市, as they were published.</summary>
public sealed class CompareListTests
{
    private const string Document = "统计用区划代码2023";
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly DivisionTree Of2019 = Load(2019), Of2023 = Load(2023);

    private static readonly IReadOnlyList<ProposedChange> Hunan = Propose(Of2019.History, "43"), Jilin = Propose(Of2019.History, "22");

    [Fact]
    public void A_county_that_went_to_another_city_is_one_move_and_none_of_its_towns_and_villages_is_told_of_for_its_new_code()
    {
        var county = Assert.Single(Jilin, p => p.Changes.Any(c => c is DivisionReparented or DivisionRecoded) && p.About.StartsWith("220381 ", StringComparison.Ordinal));
        Assert.Equal([new DivisionReparented(Id("220381"), Id("2201"), Of2023.Edition, Document), new DivisionRecoded(Id("220381"), DivisionCode.Parse("220184"), Of2023.Edition, Document)], county.Changes);
        Assert.Equal(county, Jilin[0]);
        Assert.Equal(0, Jilin.Count(p => p.Changes.OfType<DivisionRecoded>().Any(c => c.Division.Level is DivisionLevel.Town)));
        Assert.InRange(Jilin.Count, 40, 90);
    }

    [Fact]
    public void A_village_that_went_to_the_next_town_is_moved_and_keeps_its_id()
    {
        var moved = Assert.Single(Hunan, p => p.About == "431003110201 麻田村");
        Assert.Equal(Doubt.None, moved.Doubt);
        Assert.Equal([new DivisionReparented(Id("431003110201"), Id("431003101"), Of2023.Edition, Document), new DivisionRecoded(Id("431003110201"), DivisionCode.Parse("431003101218"), Of2023.Edition, Document)], moved.Changes);
    }

    [Fact]
    public void A_village_whose_committee_is_called_otherwise_is_renamed_and_one_of_a_wholly_different_name_is_doubtful()
    {
        Assert.Equal(Doubt.None, Jilin.Single(p => p.Changes is [DivisionRenamed { Name: "马家店村委会" }]).Doubt);
        Assert.Equal(Doubt.NameWhollyDifferent, Jilin.Single(p => p.Changes is [DivisionRenamed { Name: "祥和社区" }]).Doubt);
        Assert.Contains(Jilin, p => p.Doubt is Doubt.Gone or Doubt.PerhapsMerged && p.Changes is [DivisionAbolished]);
        Assert.Contains(Jilin, p => p.Changes is [DivisionEstablished { Name: "玛钢社区" }]);
    }

    [Theory]
    [InlineData("43")]
    [InlineData("22")]
    public void Whoever_confirms_everything_has_the_tree_of_the_list_but_for_what_was_unclear(string province)
    {
        var proposals = Propose(Of2019.History, province);
        var now = Of2019.History;
        foreach (var change in proposals.SelectMany(p => p.Changes))
        {
            Assert.Null(ForbiddenChanges.Of(now, change, Today));
            now = now.After(change);
        }
        var unclear = string.Join('\n', proposals.Where(p => p.Changes.Count == 0).Select(p => p.About));
        Assert.Equal(Rows(Of2023, province).Where(r => !unclear.Contains(r.Code, StringComparison.Ordinal)), Rows(new(now), province).Where(r => !unclear.Contains(r.Code, StringComparison.Ordinal)));
        Assert.DoesNotContain(Propose(now, province), p => p.Changes.Count > 0);
    }

    [Fact]
    public void A_list_that_says_what_the_tree_says_proposes_nothing() => Assert.Empty(Propose(Of2023.History, "43"));

    [Fact]
    public void What_is_proposed_has_the_same_id_whichever_document_it_will_name_and_no_two_have_one()
    {
        Assert.Equal(Hunan.Select(p => p.Id), CompareList.Of(Of2019.History, Of2023, Id("43"), "另一文号1", Today).Select(p => p.Id));
        Assert.Equal(Hunan.Count, Hunan.Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public void A_code_that_was_given_out_again_renames_nobody()
    {
        // The old village turns up under another code of the next town; its code is another village's now.
        var list = SmallTree.Of("2023-06-30", "43,省", "4310,市", "431003,县", "431003101,镇一", "431003101201,新村委会", "431003102,镇二", "431003102205,麻田村委会");
        var now = SmallTree.Of("2019-10-31", "43,省", "4310,市", "431003,县", "431003101,镇一", "431003101201,麻田村委会", "431003102,镇二").History;
        var proposals = CompareList.Of(now, list, Id("43"), Document, Today);
        Assert.Equal([typeof(DivisionReparented), typeof(DivisionRecoded), typeof(DivisionEstablished)], proposals.SelectMany(p => p.Changes).Select(c => c.GetType()));
        Assert.All(proposals, p => Assert.Equal(Doubt.None, p.Doubt));
    }

    [Fact]
    public void A_town_whose_villages_are_in_another_now_has_ended_in_that_one()
    {
        var list = SmallTree.Of("2023-06-30", "43,省", "4310,市", "431003,县", "431003101,镇一", "431003101201,甲村", "431003101202,乙村", "431003101203,丙村");
        var now = SmallTree.Of("2019-10-31", "43,省", "4310,市", "431003,县", "431003101,镇一", "431003101201,甲村", "431003102,镇二", "431003102201,乙村", "431003102202,丙村").History;
        var proposals = CompareList.Of(now, list, Id("43"), Document, Today);
        Assert.Equal([typeof(DivisionsMerged), typeof(DivisionRecoded), typeof(DivisionRecoded)], proposals.SelectMany(p => p.Changes).Select(c => c.GetType()));
    }

    private static IReadOnlyList<ProposedChange> Propose(DivisionHistory now, string province) =>
        CompareList.Of(now, Of2023, now.Resolve(DivisionCode.Parse(province), Today)!.Value, Document, Today);

    private static List<(string Code, string Name, string? Parent)> Rows(DivisionTree tree, string province) =>
    [
        .. tree.Within(tree.Resolve(DivisionCode.Parse(province), Today)!.Value).Where(d => tree.Standing(d) is DivisionStanding.Living)
            .Select(d => (tree.Code(d).Digits, tree.Name(d), tree.Parent(d) is { } parent ? tree.Code(parent).Digits : null)).Order(),
    ];

    private static DivisionId Id(string code) => DivisionId.Parse(code + "@2019");

    private static DivisionTree Load(int year) => DivisionTree.Load(Path.Combine(AppContext.BaseDirectory, "Data", $"divisions-{year}-extract.csv.gz"));
}
