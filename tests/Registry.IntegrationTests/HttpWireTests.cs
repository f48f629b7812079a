using System.Net.Sockets;
using System.Text;
using LeftBehind.Access;

namespace LeftBehind.Registry.IntegrationTests;

/// <summary>Bodies that no client library would send.</summary>
public sealed class HttpWireTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chunk_of_no_length_is_400_and_nothing_is_counted()
    {
        var answer = await SendAsync("Transfer-Encoding: chunked", "never\r\n[]\r\n0\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("The body did not arrive whole.", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await feed.LedgerAsync()).Received);
    }

    [Fact]
    public async Task A_body_that_is_no_UTF_8_is_refused_and_no_other_character_is_read_in_its_place()
    {
        byte[] body =
        [
            .. """[{"specversion":"1.0","id":"w1","source":"/p","type":"cn.leftbehind.household.household","time":"2026-03-01T08:00:00+08:00","sequence":"1","data":{"householdNo":"h1","residenceCode":"431003101218","address":" """u8,
            0xFF, 0xB4, .. "\"}}]"u8,
        ];
        var answer = await SendAsync($"Content-Length: {body.Length}", body);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", answer, StringComparison.Ordinal);
        Assert.Equal(0, (await feed.LedgerAsync()).Received);
    }

    private async Task<string> SendAsync(string length, byte[] body)
    {
        var address = feed.Registry.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, ct);
        await using var wire = client.GetStream();
        await wire.WriteAsync(Encoding.ASCII.GetBytes($"""
            POST /v1/households:push HTTP/1.1
            Host: {address.Authority}
            Connection: close
            Authorization: Bearer {feed.Registry.Token(Department.Partner, Role.Partner, Places.County, feed.Source)}
            Content-Type: application/cloudevents-batch+json
            {length}


            """.ReplaceLineEndings("\r\n")), ct);
        await wire.WriteAsync(body, ct);
        using var reader = new StreamReader(wire, Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }
}
