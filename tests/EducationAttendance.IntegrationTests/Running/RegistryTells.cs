using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>Registry's side of the lane: pages of facts, one after the other.</summary>
public sealed class RegistryTells(RunningEducation education, TimeProvider clock)
{
    private readonly Guid incarnation = Guid.NewGuid();
    private long last;

    public Task<EventPage> MatchedAsync(string pupil, Guid child) => TellAsync((Guid.Parse(pupil), new PupilMatched(Guid.Parse(pupil), child)));

    public Task<EventPage> ChildAsync(Guid child, ChildCategory category, FileState state = FileState.Open) => TellAsync((child, Recorded(child, category, state)));

    public static ChildRecorded Recorded(Guid child, ChildCategory category, FileState state = FileState.Open) => new(child, ChildChange.CategoryChanged,
        new(state, DivisionId.Parse(Places.Matian + "@2023"), new(2016, 5, 1), Sex.Female, category, null, CarerKind.NotCollected, true));

    public async Task<EventPage> TellAsync(params (Guid Subject, object Fact)[] facts)
    {
        var (now, floor) = (clock.GetUtcNow(), last);
        last += facts.Length;
        var page = new EventPage("registry", incarnation, floor, last, 1, [.. facts.Select((f, i) => new PagedEvent(
            floor + 1 + i, Guid.NewGuid(), f.Subject, 1, f.Subject, Contract.Facts.NameOf(f.Fact), now, Divisions.WorkCalendar.DayOf(now), null, null,
            JsonSerializer.Serialize(f.Fact, f.Fact.GetType(), EventTypes.Json)))]);
        await TakeAsync(page);
        return page;
    }

    public Task TakeAsync(EventPage page) => education.Service<Lane>().TakeAsync(page, TestContext.Current.CancellationToken);
}
