using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.Assessment.Assessments;

/// <summary>
/// Policy: when the town is informed of a response, an assessment is opened (policy: 接到公安机关通报…进行调查评估).
/// Its id is derived from the policy and the fact, so a fact told again opens nothing.
/// </summary>
public sealed class OpenAssessmentWhenTownNotified(WorkCalendar calendar) : IPageHandler
{
    private const string Notified = "town_notified";

    public string Source => "reporting";

    public bool Wants(string type) => type == Notified;

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        var notices = facts.Select(f => (Fact: f, Id: IdOf(f.Id), Notice: JsonSerializer.Deserialize<TownNotified>(f.Json, EventTypes.Json)!)).ToList();
        var files = await work.LoadAsync<AssessmentFile>(notices.Select(n => n.Id), ct);
        foreach (var (fact, id, notice) in notices)
            foreach (var @event in Decide(notice, files[id], calendar))
            {
                work.Append(id, @event, new(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id));
                files[id] = files[id].After(@event);
                OpenAssessments.Add(work, id, @event);
            }
    }

    public static IEnumerable<AssessmentOpened> Decide(TownNotified notice, AssessmentFile file, WorkCalendar calendar) =>
        file.Exists
            ? []
            : [new(new(notice.ChildId, notice.Division), notice.ResponseId, notice.Urgency, notice.NotifiedAt, DueTimes.Of(notice.Urgency, notice.NotifiedAt, calendar))];

    /// <summary>The stream that a fact opens.</summary>
    public static Guid IdOf(Guid fact) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{nameof(OpenAssessmentWhenTownNotified)}/{fact:N}")).AsSpan(0, 16));
}
