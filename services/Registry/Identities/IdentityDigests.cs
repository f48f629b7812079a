using System.Text;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Identities;

/// <summary>Keyed digests by which identities are compared without being read.</summary>
public static class IdentityDigests
{
    /// <summary>Digest of a name: spaces and the middle dots of transcribed names make no difference.</summary>
    public static string Name(KeyedDigest digests, string name)
    {
        var normal = new string([.. name.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('·' or '•' or '・' or '.'))]);
        return Convert.ToBase64String(digests.Of(Encoding.UTF8.GetBytes("name/" + normal)).AsSpan(0, 16));
    }
}
