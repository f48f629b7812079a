using System.Net;
using LeftBehind.Calls;

namespace LeftBehind.Platform.Webhooks;

/// <summary>The address of a webhook. It stands readable in lists, so it holds no user and no number of a person. Pure.</summary>
internal static class WebhookUrl
{
    private const int Longest = 500;

    /// <summary>Reads it from a request.</summary>
    public static Uri Read(string text, WebhookRules rules) =>
        Uri.TryCreate(Texts.Readable(text, "url", 1, Longest), UriKind.Absolute, out var url) && IsAllowed(url, rules)
            ? url
            : throw Requests.Invalid("url: https, without user or fragment, and no address of a private network");

    /// <summary>What can be said before a name is looked up; asked again before each attempt, since rules change.</summary>
    public static bool IsAllowed(Uri url, WebhookRules rules)
    {
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return false;
        var literal = IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address);
        return (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && rules.AllowLoopback && url.IsLoopback)) && (!literal || rules.Allows(address!));
    }
}
