using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>Whoever is killed in the middle of a push and started again: every figure is exact in the end, and nothing counts twice.</summary>
[Collection(InOneInstallation.Name)]
public sealed class KillTests(SharedInstallation shared)
{
    private RunningInstallation Running => shared.Running;

    [Theory]
    [InlineData("Registry", Counties.OfRegistryKilled)]
    [InlineData("EducationAttendance", Counties.OfEducationKilled)]
    [InlineData("Platform", Counties.OfPlatformKilled)]
    [InlineData("RabbitMQ", Counties.OfBrokerKilled)]
    [InlineData("PostgreSQL", Counties.OfDatabaseKilled)]
    public async Task A_push_ends_in_exact_figures_when_this_is_killed(string victim, string countyCode)
    {
        var ct = TestContext.Current.CancellationToken;
        var county = new PushedCounty(Running, countyCode);
        var comparison = await Comparison.BeginAsync(Running, ct);
        var stores = new Stores(Running);
        await Eventually.IsAsync(() => Running.Services.RabbitMq.HasRegisteredQueuesAsync(ct), registered => registered, ct);

        var (households, roll) = (county.NewPopulationBase(), county.NewStudentRoll());
        var killed = KillAfterAsync(households.AnsweredAsync(households.Batches / 3), roll.AnsweredAsync(roll.Batches / 3), victim, ct);
        await Task.WhenAll(households.PushAsync(() => MendedAsync(killed, "Registry", ct)), roll.PushAsync(() => MendedAsync(killed, "EducationAttendance", ct)), killed);

        Assert.True(await killed < households.Batches + roll.Batches, "Everything was answered before the kill.");
        await comparison.IsExactAsync(county.Recounted, ct);
        await stores.AreQuietAsync(ct);
        await comparison.ReconcilesAsync(ct);
        var events = await stores.CountEventsAsync(ct);
        Assert.DoesNotContain(await county.PushAsync(), row => !row.Repeated && row.Verdict is not Protos.Intake.V1.Verdict.Rejected);
        await stores.AreQuietAsync(ct);
        Assert.Equal(events, await stores.CountEventsAsync(ct));
        await comparison.IsExactAsync(county.Recounted, ct);

        async Task<int> KillAfterAsync(Task first, Task second, string whom, CancellationToken cancellation)
        {
            await Task.WhenAll(first, second);
            var kill = KillAsync(whom);
            var answered = households.Answers.Count + roll.Answers.Count;
            await kill;
            await StartAsync(whom, cancellation);
            return answered;
        }
    }

    private async Task MendedAsync(Task killed, string service, CancellationToken ct)
    {
        await killed;
        await Running.Services[service].ReadyAsync(ct);
    }

    private Task KillAsync(string victim) => victim switch
    {
        "RabbitMQ" => Running.Services.RabbitMq.KillAsync(),
        "PostgreSQL" => Running.Services.Postgres.KillAsync(),
        _ => Running.Services[victim].KillAsync(),
    };

    private Task StartAsync(string victim, CancellationToken ct) => victim switch
    {
        "RabbitMQ" => Running.Services.RabbitMq.StartAgainAsync(ct),
        "PostgreSQL" => Running.Services.Postgres.StartAgainAsync(ct),
        _ => Running.Services[victim].StartAsync(ct),
    };
}
