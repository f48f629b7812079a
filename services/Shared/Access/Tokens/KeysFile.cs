using Microsoft.IdentityModel.Tokens;

namespace LeftBehind.Access;

/// <summary>The public keys of a JWKS file, read again when the file changes: a key is rotated by writing both, then one.</summary>
internal sealed class KeysFile(string path)
{
    private readonly Lock _reading = new();
    private (DateTime Written, IList<SecurityKey> Keys) _last = (DateTime.MinValue, []);

    public IList<SecurityKey> Current()
    {
        lock (_reading)
        {
            var written = File.GetLastWriteTimeUtc(path);
            if (written != _last.Written)
                _last = (written, new JsonWebKeySet(File.ReadAllText(path)).GetSigningKeys());
            return _last.Keys;
        }
    }
}
