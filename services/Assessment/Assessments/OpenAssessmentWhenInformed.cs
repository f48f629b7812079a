using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// A policy that opens an assessment on a fact of another service. The assessment's id is derived from the policy and what the fact is
/// about, so a fact told again opens nothing.
/// </summary>
/// <param name="source">The service that tells the fact.</param>
/// <param name="wanted">Its stored name.</param>
/// <param name="policy">Name of the policy; never changes, since ids are made of it.</param>
/// <param name="calendar">Working days.</param>
/// <param name="assessments">Where it is opened.</param>
public abstract class OpenAssessmentWhenInformed<TFact>(string source, string wanted, string policy, WorkCalendar calendar, WriteAssessments assessments) : IPageHandler
{
    public string Source => source;

    public bool Wants(string type) => type == wanted;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            var told = JsonSerializer.Deserialize<TFact>(fact.Json, EventTypes.Json)!;
            if (Open(told, fact.Subject, fact.OccurredAt, calendar) is { } opening)
                await assessments.OpenAsync(work, Opening.IdOf(policy, KeyOf(told, fact.Id)), opening,
                    new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id), ct);
        }
    }

    /// <summary>What the fact opens; null for nothing.</summary>
    protected abstract AssessmentOpened? Open(TFact fact, Guid subject, DateTimeOffset occurredAt, WorkCalendar calendar);

    /// <summary>What opens one assessment and no second: the fact, unless it is what it is about.</summary>
    protected virtual Guid KeyOf(TFact fact, Guid factId) => factId;
}

/// <summary>What all policies that open an assessment share. Pure.</summary>
public static class Opening
{
    /// <summary>Nothing when it was opened before.</summary>
    public static IEnumerable<AssessmentOpened> Decide(AssessmentOpened asked, AssessmentFile file) => file.Exists ? [] : [asked];

    /// <summary>The stream that a fact opens under a policy.</summary>
    public static Guid IdOf(string policy, Guid fact) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{policy}/{fact:N}")).AsSpan(0, 16));
}
