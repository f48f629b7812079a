using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Platform.V1;
using LeftBehind.Servers.Installations;
using LeftBehind.TestKit;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>The list of 2023 against the tree of 2019, of 郴州市 and 公主岭市.</summary>
public sealed class ProposedListTests
{
    private const string List = "divisions-2023-extract.csv.gz", Document = "统计用区划代码（2023）1号";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_confirms_by_id_what_a_list_proposes_and_the_village_is_shown_under_its_new_town()
    {
        using var data = TestFolder.Create();
        foreach (var file in new[] { "divisions-2019-extract.csv.gz", List })
            File.Copy(Path.Combine(Repository.Root, "tests", "Divisions.Tests", "Data", file), Path.Combine(data.Path, file));
        File.WriteAllText(Path.Combine(data.Path, "divisions-broken.csv.gz"), "早");
        var shipped = Path.Combine(data.Path, "divisions-2019-extract.csv.gz");
        await using var platform = await SmallPlatform.StartAsync(DivisionTree.Load(shipped).History, ("Divisions:File", shipped));
        var (child, village) = (Guid.NewGuid(), DivisionId.Parse("431003110201@2019"));
        await platform.TellAsync(SmallPlatform.Lives(child, village));

        var proposals = await ProposeAsync(platform, List, "43");
        var moved = proposals.Single(p => p.About == "431003110201 麻田村");
        Assert.Equal(("", "431003101@2019", "431003101218", ""), (moved.Doubt, moved.Changes[0].Reparent.ParentId, moved.Changes[1].Recode.Code, moved.Changes[0].Document));
        var request = new ConfirmDivisionChangesRequest { RequestId = Guid.NewGuid().ToString(), List = List, Document = Document, ProposalIds = { moved.ProposalId } };
        var confirmed = await platform.Divisions.ConfirmDivisionChangesAsync(request, platform.As("43"));
        Assert.Equal(2, confirmed.Version);
        Assert.Equal(confirmed, await platform.Divisions.ConfirmDivisionChangesAsync(request, platform.As("43")));
        await platform.CountedAsync();
        var town = await platform.Client.GetFiguresAsync(new() { DivisionCode = "431003101", Populations = { "onFile" }, Dimensions = { "total" } }, platform.As("431003"));
        Assert.Equal(("白露塘镇", 1L), (town.Division.Division.Name, town.Division.Figures.Single().Value));
        Assert.Equal("431003101218", town.Children.Single(c => c.Figures.Count > 0).Division.Code);

        // What was confirmed is proposed no more; all the rest is as it was.
        var rest = await ProposeAsync(platform, List, "43");
        Assert.Equal(proposals.Where(p => p.ProposalId != moved.ProposalId).Select(p => p.ProposalId).Order(), rest.Select(p => p.ProposalId).Order());
        Assert.Equal(StatusCode.FailedPrecondition, await StatusAsync(platform.Divisions.ConfirmDivisionChangesAsync(new(request) { RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 2 }, platform.As("43"))));
        var all = new ConfirmDivisionChangesRequest { RequestId = Guid.NewGuid().ToString(), ExpectedVersion = 2, List = List, Document = Document, ProposalIds = { rest.Where(p => p.Changes.Count > 0).Select(p => p.ProposalId) } };
        Assert.Equal(StatusCode.Aborted, await StatusAsync(platform.Divisions.ConfirmDivisionChangesAsync(new(all) { ExpectedVersion = 1 }, platform.As("43"))));
        Assert.Equal(2 + rest.Sum(p => p.Changes.Count), (await platform.Divisions.ConfirmDivisionChangesAsync(all, platform.As("43"))).Version);
        Assert.DoesNotContain(await ProposeAsync(platform, List, "43"), p => p.Changes.Count > 0);
        await platform.CountedAsync();
        Assert.Equal(0, (await platform.Client.ReconcileAsync(new(), platform.Operations)).FigureDifferences);

        foreach (var (list, division, why) in new[]
        {
            ("../divisions-2023-extract.csv.gz", "43", StatusCode.InvalidArgument), ("divisions-2099.csv.gz", "43", StatusCode.NotFound), ("divisions-broken.csv.gz", "43", StatusCode.FailedPrecondition),
            (List, "4310", StatusCode.InvalidArgument), (List, "22", StatusCode.NotFound),
        })
            Assert.Equal(why, await StatusAsync(ProposeAsync(platform, list, division)));
    }

    private static async Task<List<ProposedChange>> ProposeAsync(SmallPlatform platform, string list, string division)
    {
        using var call = platform.Divisions.ProposeDivisionList(new() { DivisionCode = division, List = list }, platform.As("43"));
        var proposals = new List<ProposedChange>();
        while (await call.ResponseStream.MoveNext(Ct))
            proposals.AddRange(call.ResponseStream.Current.Proposals);
        return proposals;
    }

    private static Task<StatusCode> StatusAsync<T>(AsyncUnaryCall<T> call) => StatusAsync(call.ResponseAsync);

    private static async Task<StatusCode> StatusAsync<T>(Task<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
