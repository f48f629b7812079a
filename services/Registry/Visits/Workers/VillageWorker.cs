using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Visits.Workers;

/// <summary>
/// A worker (儿童主任) was named for a village, or nobody is any more. The account is no name; the name, personal data of an official,
/// is sealed under a key of its own.
/// </summary>
[StoredName("worker_assigned")]
public sealed record WorkerAssigned(DivisionId Village, string? Account, Sealed? Name, string NameDigest);

/// <summary>Who visits the children of a village: one at a time.</summary>
public sealed record VillageWorker(Guid Id) : IFolded<VillageWorker>
{
    public static string StreamType => "worker";

    public static VillageWorker New(Guid id) => new(id);

    /// <summary>The stream of a village's worker.</summary>
    public static Guid IdOf(DivisionId village) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{village}")).AsSpan(0, 16));

    public long Version { get; init; }
    public string? Account { get; init; }
    public Sealed? Name { get; init; }
    public string NameDigest { get; init; } = "";

    public VillageWorker After(object @event) => @event is WorkerAssigned e
        ? this with { Version = Version + 1, Account = e.Account, Name = e.Name, NameDigest = e.NameDigest }
        : this;
}
