using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.TestKit;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

[Collection(OneBroker.Name)]
public sealed class SilenceTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly Guid thing = Guid.NewGuid();

    [Fact]
    public async Task Personal_text_in_whatever_fails_does_not_reach_the_logs()
    {
        var console = Console.Out;
        var said = new StringWriter();
        await using (var scene = await Scene.OpenAsync(servers, ct))
        {
            Console.SetOut(TextWriter.Synchronized(said));
            try
            {
                await scene.StartAsync(Listener.Build(Listener.Schema, scene.ListenerSettings, scene.Troubles, aloud: true));
                var teller = await scene.StartAsync(Teller.Build(scene.TellerSettings, aloud: true));
                scene.Troubles.Poison(thing, 1);
                await scene.Told.TellAsync((thing, new ThingCounted(1, Troubles.PlantedName)));
                await scene.Heard.ReachesAsync(1);
                await StartTwiceAsync(teller.Services.GetRequiredService<IDocumentStore>());
                await scene.Told.TellAsync((thing, new ThingUnspeakable(Troubles.PlantedName)));
                await Eventually.IsAsync(() => Task.FromResult($"{said}"), text => Evidence.All(e => text.Contains(e, StringComparison.Ordinal)), ct);
            }
            finally
            {
                Console.SetOut(console);
            }
        }
        Assert.DoesNotContain(Troubles.PlantedName, $"{said}", StringComparison.Ordinal);
    }

    /// <summary>The lane, Marten's session and its daemon each said that something failed.</summary>
    private static readonly string[] Evidence = ["parked event 1 of type thing_noted: InvalidOperationException", "Marten: ", "System.InvalidOperationException"];

    private async Task StartTwiceAsync(IDocumentStore marten)
    {
        await using var session = marten.LightweightSession();
        session.Events.StartStream(thing, new ThingCounted(2, Troubles.PlantedName));
        await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync(ct));
    }
}
