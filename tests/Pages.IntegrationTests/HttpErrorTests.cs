using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LeftBehind.Access;
using LeftBehind.EventLog;
using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.Pages.IntegrationTests.Story;
using LeftBehind.Servers.Processes;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Xunit;

namespace LeftBehind.Pages.IntegrationTests;

/// <summary>What an HTTP way in answers when the store cannot.</summary>
[Collection(OneBroker.Name)]
public sealed class HttpErrorTests(TestServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_away_is_503_with_a_time_to_come_back()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var away = new NpgsqlConnectionStringBuilder(scene.Told.Database) { Port = FreePorts.Next() };
        await using var nowhere = NpgsqlDataSource.Create(away);
        var store = new EventStore(nowhere, TellThings.Events, Teller.Schema, TimeProvider.System);

        var answer = await AskAsync(scene, _ => store.RunAsync(_ => Task.CompletedTask, ct));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Equal("the store is away for the moment; call again", await DetailAsync(answer));
    }

    [Fact]
    public async Task A_collision_that_does_not_end_is_409()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        await scene.Told.ExecuteAsync($"create table {Teller.Schema}.taken (name text primary key); insert into {Teller.Schema}.taken values ('{Troubles.PlantedName}')");

        var answer = await AskAsync(scene, _ => scene.Told.Store.RunAsync(work =>
        {
            work.Beside($"insert into {work.Schema}.taken values ($1)", Troubles.PlantedName);
            return Task.CompletedTask;
        }, ct));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);
        Assert.Equal("another writer was faster; call again", await DetailAsync(answer));
    }

    [Fact]
    public async Task A_refusal_is_409_and_a_fault_is_500_without_a_word_of_it()
    {
        await using var scene = await Scene.OpenAsync(servers, ct);
        var refused = await AskAsync(scene, _ => throw new RejectedException("The response is closed."));
        Assert.Equal((HttpStatusCode.Conflict, "The response is closed."), (refused.StatusCode, await DetailAsync(refused)));

        await using var other = await Scene.OpenAsync(servers, ct);
        var fault = await AskAsync(other, _ => throw new InvalidOperationException(Troubles.PlantedName));
        Assert.Equal(HttpStatusCode.InternalServerError, fault.StatusCode);
        await DetailAsync(fault);
    }

    private async Task<HttpResponseMessage> AskAsync(Scene scene, RequestDelegate way)
    {
        var http = $"http://127.0.0.1:{FreePorts.Next()}";
        var teller = Teller.Build(scene.TellerSettings.With("Kestrel:Endpoints:Http:Url", http).With("Kestrel:Endpoints:Http:Protocols", "Http1"), scene.Logs);
        teller.MapPost("/way-in", way).RequireAccess("leftbehind.operations.v1.Source/Replay");
        await scene.StartAsync(teller);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Settings.Token(Role.Service));
        return await client.PostAsync(new Uri(http + "/way-in"), content: null, ct);
    }

    private async Task<string?> DetailAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync(ct);
        Assert.DoesNotContain(Troubles.PlantedName, text, StringComparison.Ordinal);
        using var problem = JsonDocument.Parse(text);
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }
}
