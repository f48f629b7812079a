using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LeftBehind.Platform.IntegrationTests;

/// <summary>One POST that came.</summary>
internal sealed record Post(string Id, string Timestamp, string Signature, string? ContentType, string Body)
{
    /// <summary>The ids of its events, in order.</summary>
    public IReadOnlyList<string> Events { get; } = [.. JsonDocument.Parse(Body).RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    /// <summary>Verified as a receiver does that has the secret, and nothing else of ours.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        return Signature == "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}")));
    }
}

/// <summary>A department's system that webhooks are sent to; it may be killed, and begin again at the same address.</summary>
internal sealed class Receiver(Func<HttpContext, int, Task<int>> answer) : IAsyncDisposable
{
    private readonly int port = Servers.Processes.FreePorts.Next();
    private WebApplication? app;
    private int posts;

    /// <summary>Answers 200 to everything.</summary>
    public Receiver() : this((_, _) => Task.FromResult(200))
    {
    }

    public string Url => $"http://127.0.0.1:{port}/changes";

    /// <summary>All that came, also what was not answered well.</summary>
    public ConcurrentQueue<Post> Came { get; } = [];

    /// <summary>What was answered 200.</summary>
    public ConcurrentQueue<Post> Taken { get; } = [];

    public async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        app = builder.Build();
        app.MapPost("/changes", TakeAsync);
        await app.StartAsync();
        return this;
    }

    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource(0);
        await app!.StopAsync(now.Token);
        await app.DisposeAsync();
        app = null;
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        var post = new Post($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}", $"{headers["webhook-signature"]}", context.Request.ContentType, await body.ReadToEndAsync());
        Came.Enqueue(post);
        context.Response.StatusCode = await answer(context, Interlocked.Increment(ref posts));
        if (context.Response.StatusCode == 200)
            Taken.Enqueue(post);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await KillAsync();
    }
}
