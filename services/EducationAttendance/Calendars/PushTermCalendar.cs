using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EventLog;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Calendars;

/// <summary>A county's education bureau tells a term, or tells it anew. Days whose answer changes by it are put down to be looked at again.</summary>
public sealed class PushTermCalendar(EventStore store, DivisionTree tree, WorkCalendar working, TimeProvider clock)
{
    /// <summary>None when it was told so already.</summary>
    public static IEnumerable<object> Decide(TermCalendar calendar, DivisionId county, Term told) =>
        calendar.Terms.Contains(told) ? []
        : calendar.Terms.FirstOrDefault(t => t.Name != told.Name && t.Overlaps(told)) is { } other
            ? throw new RejectedException($"term: overlaps the term {other.Name}")
        : [new TermTold(county, told)];

    public Task<Protos.Education.V1.TermCalendar> AnswerAsync(PushTermCalendarRequest request, ServerCallContext context)
    {
        var now = clock.GetUtcNow();
        var county = Requests.Place(tree, request.DivisionCode, now, DivisionLevel.County);
        context.Require(county);
        var told = TermText.Read(request.Term ?? throw Requests.Invalid("term: required"));
        return store.RunAsync(async work =>
        {
            var id = TermCalendar.IdOf(county);
            var before = (await work.LoadAsync<TermCalendar>([id], context.CancellationToken))[id];
            if (before.Terms.Contains(told))
                return TermText.Show(tree, county, before);
            if (before.Version != request.ExpectedVersion)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the calendar is at version {before.Version}"));
            var after = before;
            foreach (var @event in Decide(before, county, told))
            {
                work.Append(id, @event, context.Meta(now));
                after = after.After(@event);
            }
            var today = WorkCalendar.DayOf(now);
            DaysToSettle.Follow(work, county, today);
            DaysToSettle.Review(work, county, SchoolDays.Differences(
                before.Days(working), after.Days(working), told, before.Terms.FirstOrDefault(t => t.Name == told.Name), today.AddDays(-1)));
            WakeAttendance.For(work, [id]);
            return TermText.Show(tree, county, after);
        }, context.CancellationToken);
    }
}
