namespace LeftBehind.Sealing;

/// <summary>
/// The blind index of ID numbers, keyed by what Registry shares with those who send it identities, so that both find the same
/// entry; digests of all else stay each service's own and cannot be joined.
/// </summary>
public sealed class IdNumberIndex(byte[] sharedKey)
{
    private readonly BlindIndex index = new(sharedKey);

    /// <summary>The entry of a normalised 18-digit number.</summary>
    public Guid Of(string number) => index.ShortOf("id-number", number);
}
