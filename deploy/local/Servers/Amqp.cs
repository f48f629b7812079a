using System.Net;
using System.Net.Sockets;
using LeftBehind.Servers.Processes;

namespace LeftBehind.Servers;

/// <summary>Whether a broker answers. It opens its AMQP port as the last step of its start, after its queues are recovered.</summary>
internal static class Amqp
{
    private static readonly byte[] ProtocolHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    /// <summary>Waits until the broker greets an AMQP 0-9-1 client (a method frame, Connection.Start).</summary>
    internal static Task AnswersAsync(int port, ServerProcess server, CancellationToken cancellation) =>
        UntilAsync(port, server, async stream =>
        {
            await stream.WriteAsync(ProtocolHeader, cancellation);
            var first = new byte[1];
            return await stream.ReadAsync(first, cancellation) == 1 && first[0] == 1;
        }, cancellation);

    /// <summary>Waits until something accepts connections on the port.</summary>
    internal static Task ListensAsync(int port, ServerProcess server, CancellationToken cancellation) =>
        UntilAsync(port, server, _ => Task.FromResult(true), cancellation);

    private static async Task UntilAsync(int port, ServerProcess server, Func<NetworkStream, Task<bool>> ready, CancellationToken cancellation)
    {
        while (true)
        {
            if (server.HasExited)
                throw new InvalidOperationException($"The broker ended with {server.ExitCode} while starting; see rabbitmq.log in its folder.");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
                if (await ready(client.GetStream()))
                    return;
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                await Task.Delay(50, cancellation);
            }
        }
    }
}
