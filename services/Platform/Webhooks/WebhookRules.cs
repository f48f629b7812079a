using System.Net;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Configuration section <c>Webhooks</c>: how deliveries are tried and where they may go. The numbers are platform defaults.</summary>
public sealed class WebhookRules
{
    /// <summary>How long after a first failure it is tried again; twice as long after each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After so many attempts of one batch the webhook is parked.</summary>
    public int MostAttempts { get; init; } = 12;

    /// <summary>How long a receiver may take, from the name's look-up to the status.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Networks that are not public and may be reached all the same, such as the government's own: <c>10.20.0.0/16</c>.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Whether http to this machine itself is allowed; in development alone.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>How long to wait after so many failed attempts.</summary>
    public TimeSpan RetryAfter(int attempts)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 30));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    /// <summary>Whether a delivery may go to an address.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedNetworks.Any(network => IPNetwork.Parse(network).Contains(plain)) || (AllowLoopback && IPAddress.IsLoopback(plain)) || PublicAddresses.Have(plain);
    }
}
