using LeftBehind.ServiceKit;
using LeftBehind.TestKit;
using static LeftBehind.Platform.IntegrationTests.RunningPlatform;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>Platform's relay tells of changes of divisions alone; what lies between them in the log moves it on and costs no page.</summary>
public sealed class RelayTests(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_stands_at_the_end_of_a_log_in_which_nothing_is_to_be_told()
    {
        var village = ShippedData.Tree.Code(ShippedData.Tree.Children(ShippedData.Tree.Children(Contracts.DivisionId.Parse("431228@2023")).First()).First()).ToString();
        await platform.TellAsync([.. Enumerable.Range(0, 1_200).Select(_ => Fact(Guid.NewGuid(), 1, village))]);
        var end = await platform.CountAsync("select max(seq_id) from platform.mt_events");
        await Eventually.IsAsync(() => platform.CountAsync("select last_seq_id from platform.mt_event_progression where name = 'relay:All'"), at => at >= end, Ct);
    }
}
