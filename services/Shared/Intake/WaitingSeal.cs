using LeftBehind.Sealing;

namespace LeftBehind.Intake;

/// <summary>Rows that wait are kept sealed to this service itself, and deleted once taken.</summary>
public sealed class WaitingSeal(SealingOptions options)
{
    private readonly SealedTo self = new("waiting-rows", options.MasterKey);

    /// <summary>Seals a row.</summary>
    public byte[] Close(byte[] row) => self.Seal(row.AsSpan()).Bytes.ToArray();

    /// <summary>Opens a row.</summary>
    public byte[] Open(byte[] closed) =>
        Sealed.TryFrom(closed, out var value) ? self.Unseal(value) : throw new SealingException("A waiting row was changed.");
}
