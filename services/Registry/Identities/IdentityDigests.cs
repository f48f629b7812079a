using System.Text;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Identities;

/// <summary>Keyed digests by which identities are compared without being read.</summary>
public static class IdentityDigests
{
    /// <summary>Digest of a name: spaces, full-width letters and the middle dots of transcribed names make no difference.</summary>
    public static string Name(KeyedDigest digests, string name)
    {
        // By hand: normalisation form KC does nothing where globalization is invariant.
        var normal = new string([.. name.Where(c => !char.IsWhiteSpace(c)).Select(Narrow).Where(c => c is not ('·' or '•' or '・' or '.'))]);
        return Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes("name/" + normal)).AsSpan(0, 16));
    }

    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
}
