using System.Net.Sockets;
using Grpc.Core;
using Npgsql;

namespace LeftBehind.Pages;

/// <summary>Tells an outage from a fact that cannot be handled.</summary>
internal static class Outages
{
    /// <summary>The database or the source is away: that is no fault of any fact, so nothing is parked for it.</summary>
    public static bool IsOutage(Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException or RpcException
        or SocketException or IOException or OperationCanceledException or ObjectDisposedException
        // Class 57 is operator intervention (a server that stops or starts), class 53 a lack of resources.
        || e is PostgresException p && (p.SqlState.StartsWith("57", StringComparison.Ordinal) || p.SqlState.StartsWith("53", StringComparison.Ordinal));

    /// <summary>The kind of an error, never its content: messages of parsers and databases may repeat what they read.</summary>
    public static string Describe(Exception e) => e is PostgresException p ? $"PostgreSQL {p.SqlState}" : e.GetType().Name;
}
