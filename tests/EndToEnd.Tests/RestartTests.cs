using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Protos.Intake.V1;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>An installation that is stopped in order and started on the same folder goes on where it stood, and knows nothing of others beside it.</summary>
[Collection(InOneInstallation.Name)]
public sealed class RestartTests(SharedInstallation beside)
{
    [Fact]
    public async Task A_second_installation_beside_the_first_keeps_its_figures_over_a_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var second = await RunningInstallation.StartAsync(Counties.Settings(), ct, "Registry", "EducationAttendance", "Platform");
        var county = new PushedCounty(second, Counties.OfRestart);
        var comparison = await Comparison.BeginAsync(second, ct);
        await county.PushAsync();
        await comparison.IsExactAsync(county.Recounted, ct);
        await new Stores(second).AreQuietAsync(ct);
        var events = await new Stores(second).CountEventsAsync(ct);

        // The start applies the schema; a second one finds it there.
        await second.StartAgainAsync(ct);

        await comparison.IsExactAsync(county.Recounted, ct);
        Assert.DoesNotContain(await county.PushAsync(), row => !row.Repeated && row.Verdict is not Verdict.Rejected);
        await new Stores(second).AreQuietAsync(ct);
        await comparison.ReconcilesAsync(ct);
        Assert.Equal(events, await new Stores(second).CountEventsAsync(ct));
        await comparison.IsExactAsync(county.Recounted, ct);
        await Comparison.CountsNobodyAsync(beside.Running, Counties.OfRestart, ct);
    }
}
