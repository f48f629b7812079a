using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace LeftBehind.Platform.Webhooks;

/// <summary>
/// One attempt to post a batch. It goes to the address that was looked up and found allowed, and to no other: no redirect, no proxy, no second
/// look-up. Of the answer the status alone is read, and for no longer than is allowed.
/// </summary>
internal sealed class SendWebhook : IDisposable
{
    private static readonly MediaTypeHeaderValue BatchType = new("application/cloudevents-batch+json", "utf-8");

    private readonly WebhookRules rules;
    private readonly TimeProvider clock;
    private readonly HttpClient client;

    public SendWebhook(WebhookRules rules, TimeProvider clock)
    {
        (this.rules, this.clock) = (rules, clock);
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectCallback = ConnectAsync, MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<Attempt> PostAsync(string url, string id, byte[] secret, byte[] body, CancellationToken ct)
    {
        var address = new Uri(url);
        if (!WebhookUrl.IsAllowed(address, rules))
            return new(false, "urlRefused", IsFinal: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(rules.Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = BatchType;
        var now = clock.GetUtcNow();
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", WebhookSignature.Timestamp(now));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(secret, id, now, body));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}", answer.StatusCode is HttpStatusCode.Gone);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(false, "timeout");
        }
        catch (HttpRequestException e)
        {
            return new(false, e.InnerException is AddressRefusedException ? "addressRefused" : "unreachable");
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        // One that is not allowed spoils them all: who answers names so means no good.
        if (found.Length == 0 || !found.All(rules.Allows))
            throw new AddressRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressRefusedException() : IOException("The name leads to an address that is not allowed.");
}
