using LeftBehind.Divisions.Tests;
using LeftBehind.Protos.Platform.V1;
using static LeftBehind.Divisions.Tests.SmallTree;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>Who is to be told a village after the one they are counted in was split, gave a part away or was abolished.</summary>
public sealed class ReassignmentsTests
{
    private static readonly DivisionChange On = new() { EffectiveOn = "2023-06-30", Document = "湘政函〔2023〕1号" };

    [Fact]
    public async Task Children_of_a_village_that_was_split_or_abolished_are_listed_until_they_are_told_to_live_elsewhere_and_who_came_later_is_not()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        var (split, gone, beside, later) = (Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).Order().ToArray(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await platform.TellAsync([.. split.Select(c => SmallPlatform.Lives(c, Id("431003101201"))), SmallPlatform.Lives(gone, Id("431003102201")), SmallPlatform.Lives(beside, Id("431003101202"))]);
        await platform.ConfirmAsync(0,
            new DivisionChange(On) { Split = new() { DivisionId = "431003101201@2019", Parts = { new Part { Code = "431003101205", Name = "新村" } } } },
            new DivisionChange(On) { Abolish = new() { DivisionId = "431003102201@2019" } });
        await platform.TellAsync(SmallPlatform.Lives(later, Id("431003101201")), SmallPlatform.Lives(split[1], Id("431003101205", 2023)));
        await platform.CountedAsync();

        var listed = await ListAsync(platform, "431003", 1);
        Assert.Equal([(split[0], "431003101201@2019", 1L), (split[2], "431003101201@2019", 1L), (gone, "431003102201@2019", 2L)], listed.Select(r => (Guid.Parse(r.SubjectId), r.VillageId, r.ChangeVersion)));
        Assert.Equal(["431003101201@2019", "431003101205@2023"], listed[0].CandidateIds);
        Assert.Equal([gone], (await ListAsync(platform, "431003102", 50)).Select(r => Guid.Parse(r.SubjectId)));
        Assert.Empty(await ListAsync(platform, "431002", 50));

        await platform.TellAsync(SmallPlatform.Lives(gone, Id("431003102202")), SmallPlatform.Lives(split[0], Id("431003101205", 2023)), SmallPlatform.Lives(split[2], Id("431003101202")));
        await platform.CountedAsync();
        Assert.Empty(await ListAsync(platform, "431003", 50));
    }

    [Fact]
    public async Task Who_went_and_came_back_is_off_the_list_whether_the_log_is_folded_bit_by_bit_or_at_once()
    {
        await using var platform = await SmallPlatform.StartAsync(Regular);
        var (back, stays, again) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var (village, beside) = (Id("431003101201"), Id("431003101202"));
        await platform.TellAsync([.. new[] { back, stays, again }.Select(c => SmallPlatform.Lives(c, village))]);
        await platform.ConfirmAsync(0, new DivisionChange(On) { Split = new() { DivisionId = "431003101201@2019", Parts = { new Part { Code = "431003101205", Name = "新村" } } } });
        await platform.TellAsync(SmallPlatform.Lives(back, beside), SmallPlatform.Lives(back, village), SmallPlatform.Lives(again, beside), SmallPlatform.Lives(again, village));
        // Whoever is back when the village is split once more is on the list again.
        await platform.CountedAsync();
        Assert.Equal([stays], (await ListAsync(platform, "431003", 50)).Select(r => Guid.Parse(r.SubjectId)));
        await platform.TellAsync(SmallPlatform.Lives(back, beside));
        await platform.ConfirmAsync(1, new DivisionChange(On) { Split = new() { DivisionId = "431003101201@2019", Parts = { new Part { Code = "431003101206", Name = "又新村" } } } });
        await platform.CountedAsync();
        Assert.Equal(new[] { stays, again }.Order(), (await ListAsync(platform, "431003", 50)).Select(r => Guid.Parse(r.SubjectId)));

        var folded = await platform.ReadModelAsync();
        Assert.Equal(folded, await platform.RebuiltAsync(Regular));
    }

    private static async Task<List<Reassignment>> ListAsync(SmallPlatform platform, string division, int size)
    {
        var (all, token) = (new List<Reassignment>(), "");
        do
        {
            var page = await platform.Divisions.ListReassignmentsAsync(new() { DivisionCode = division, PageSize = size, PageToken = token }, platform.As(division, division.Length == 9 ? Access.Role.TownOfficer : Access.Role.Officer));
            all.AddRange(page.Children);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return all;
    }
}
