using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace LeftBehind.Servers.Processes;

/// <summary>
/// Free loopback ports from below the range the kernel hands to outgoing connections (32768 and up),
/// so that a killed server finds its port again when it restarts.
/// </summary>
public static class FreePorts
{
    private static readonly ConcurrentDictionary<int, byte> Given = new();

    /// <summary>A port nobody listens on and that was not given out by this process before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            if (IsFree(port) && Given.TryAdd(port, 0))
                return port;
        }
    }

    /// <summary>The wanted port when it is free, another one otherwise.</summary>
    public static int PreferablyThis(int? wanted) =>
        wanted is { } port && IsFree(port) && Given.TryAdd(port, 0) ? port : Next();

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
