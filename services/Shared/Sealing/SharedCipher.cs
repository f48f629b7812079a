using System.Collections.Concurrent;

namespace LeftBehind.Sealing;

/// <summary>
/// A long-lived key used by many threads: keeps its ciphers, since making one costs as much as an encryption and none may be shared.
/// Each suite gets a key of its own, derived from the configured 32 bytes.
/// </summary>
internal sealed class SharedCipher(byte[] key, string purpose)
{
    private readonly ConcurrentDictionary<byte, Pool> _pools = new();

    public Lease Rent(ISealingSuite suite)
    {
        if (!_pools.TryGetValue(suite.Id, out var pool))
            pool = _pools.GetOrAdd(suite.Id, new Pool(DerivedKey.Of(key, $"{purpose}/{suite.Id}", suite.KeySize)));
        return new Lease(pool, pool.Idle.TryTake(out var cipher) ? cipher : suite.Open(pool.Key));
    }

    internal sealed class Pool(byte[] key)
    {
        public byte[] Key { get; } = key;

        public ConcurrentBag<ISealingCipher> Idle { get; } = [];
    }

    /// <summary>A cipher for one thread, given back on disposal.</summary>
    internal readonly ref struct Lease(Pool pool, ISealingCipher cipher)
    {
        public ISealingCipher Cipher { get; } = cipher;

        public void Dispose() => pool.Idle.Add(Cipher);
    }
}
