using System.Security.Cryptography;
using Google.Protobuf;
using LeftBehind.Calls;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment;

/// <summary>By which request something was asked, and the digest of what it asked: the same again is the same, another content is refused.</summary>
public sealed record Asked(Guid Request, string Digest)
{
    /// <summary>Of a request of the protocol; which version the caller saw is no content.</summary>
    public static Asked Of(string requestId, IMessage message)
    {
        var id = Requests.Id(requestId, "request_id");
        var content = message.Descriptor.Parser.ParseFrom(message.ToByteArray());
        message.Descriptor.FindFieldByName("expected_version")?.Accessor.Clear(content);
        return new(id, Convert.ToBase64String(SHA256.HashData(content.ToByteArray())));
    }

    /// <summary>Whether it was done before.</summary>
    /// <exception cref="RejectedException">The request was used for something else.</exception>
    public bool IsDone(IReadOnlyDictionary<Guid, string> done) =>
        done.TryGetValue(Request, out var digest) && (digest == Digest ? true : throw new RejectedException("The request_id was used for another content."));
}
