using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.Platform.Feed;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Webhooks;

/// <summary>Changes as a CloudEvents batch: the words of the feed, to those only who may read their field group. Pure.</summary>
internal static class WebhookBody
{
    private static readonly JsonEventFormatter Formatter = new();
    private static readonly Uri Source = new("/leftbehind/platform", UriKind.Relative);

    /// <summary>The batch, or null where nothing of it is to be told.</summary>
    public static byte[]? Of(IEnumerable<LoggedFact> facts, IReadOnlyCollection<string> kinds, Caller caller, DivisionTree tree)
    {
        var events = facts.Select(f => (Kind: KindOf(f), Fact: f)).Where(f => kinds.Count == 0 || kinds.Contains(f.Kind)).Select(f => Shown(f.Kind, f.Fact, caller, tree)).OfType<CloudEvent>().ToList();
        return events.Count == 0 ? null : Formatter.EncodeBatchModeMessage(events, out _).ToArray();
    }

    private static string KindOf(LoggedFact fact) => fact.Kind.ToString().ToLowerInvariant();

    private static CloudEvent? Shown(string kind, LoggedFact fact, Caller caller, DivisionTree tree) => FactWords.Shown(fact.Fact, fact.Meta, caller) is { } entry
        ? new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = fact.Id.ToString(), Source = Source, Type = "cn.leftbehind.change." + kind, Subject = fact.Subject.ToString(), Time = fact.Meta.OccurredAt,
            DataContentType = "application/json",
            Data = new
            {
                kind, divisionCode = tree.Code(fact.Village).ToString(), service = entry.Service, fact = entry.Fact, change = entry.Change, reason = entry.Reason, effectiveOn = entry.EffectiveOn,
            },
        }
        : null;
}
