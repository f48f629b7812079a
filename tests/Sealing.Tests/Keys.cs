namespace LeftBehind.Sealing.Tests;

/// <summary>Keys for tests: told apart by one number, the same on each run.</summary>
internal static class Keys
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public static MasterKey Master { get; } = new(Bytes(1));

    public static byte[] Bytes(int seed)
    {
        var key = new byte[SealingOptions.KeySize];
        new Random(seed).NextBytes(key);
        return key;
    }

    public static PersonKey NewPerson() => Master.CreateMany(1, Now)[0];
}
