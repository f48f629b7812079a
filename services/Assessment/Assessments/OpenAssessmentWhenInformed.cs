using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Pages;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// A policy that opens an assessment on a fact of another service. The assessment's id is derived from the policy and the fact, so a
/// fact told again opens nothing.
/// </summary>
/// <param name="source">The service that tells the fact.</param>
/// <param name="wanted">Its stored name.</param>
/// <param name="policy">Name of the policy; never changes, since ids are made of it.</param>
/// <param name="calendar">Working days.</param>
/// <param name="duties">Where the duty to finalise it is opened.</param>
/// <param name="tree">Whose duty it is.</param>
public abstract class OpenAssessmentWhenInformed<TFact>(string source, string wanted, string policy, WorkCalendar calendar, ObligationBook duties, DivisionTree tree)
    : IPageHandler
{
    public string Source => source;

    public bool Wants(string type) => type == wanted;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var told = facts.Select(f => (Fact: f, Id: Opening.IdOf(policy, f.Id), Opened: Open(JsonSerializer.Deserialize<TFact>(f.Json, EventTypes.Json)!, calendar))).ToList();
        var files = await work.LoadAsync<AssessmentFile>(told.Select(t => t.Id), ct);
        var owed = new List<NewObligation>();
        foreach (var (fact, id, opening) in told)
            foreach (var @event in Opening.Decide(opening, files[id]))
            {
                var meta = new EventMeta(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id);
                work.Append(id, @event, meta);
                files[id] = files[id].After(@event);
                OpenAssessments.Add(work, id, @event);
                owed.Add(AssessmentDuty.Of(id, @event, tree, meta));
            }
        if (owed.Count > 0)
            await duties.OpenAsync(work, owed, ct);
    }

    /// <summary>What the fact opens.</summary>
    protected abstract AssessmentOpened Open(TFact fact, WorkCalendar calendar);
}

/// <summary>What all policies that open an assessment share. Pure.</summary>
public static class Opening
{
    /// <summary>Nothing when it was opened before.</summary>
    public static IEnumerable<AssessmentOpened> Decide(AssessmentOpened asked, AssessmentFile file) => file.Exists ? [] : [asked];

    /// <summary>The stream that a fact opens under a policy.</summary>
    public static Guid IdOf(string policy, Guid fact) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{policy}/{fact:N}")).AsSpan(0, 16));
}
