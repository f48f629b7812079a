using System.Security.Cryptography;
using System.Text;

namespace LeftBehind.Sealing;

/// <summary>One configured key serves several purposes, each through a key derived for it alone (HKDF-Expand, RFC 5869).</summary>
internal static class DerivedKey
{
    public static byte[] Of(byte[] root, string purpose, int size) =>
        HKDF.Expand(HashAlgorithmName.SHA256, root, size, Encoding.UTF8.GetBytes("left-behind/" + purpose));
}
