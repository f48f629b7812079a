using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Calendars;

/// <summary>The calendar of a county as it is told now.</summary>
public sealed class GetTermCalendar(EventStore store, DivisionTree tree, WorkCalendar working, TimeProvider clock)
{
    private const int MostDays = 400;

    public async Task<Protos.Education.V1.TermCalendar> AnswerAsync(GetTermCalendarRequest request, ServerCallContext context)
    {
        var county = Requests.Place(tree, request.DivisionCode, clock.GetUtcNow(), DivisionLevel.County);
        context.Require(county);
        var asked = request.From.Length + request.Until.Length > 0;
        var (from, until) = asked ? (TermText.Day(request.From, "from"), TermText.Day(request.Until, "until")) : default;
        if (until.DayNumber - from.DayNumber >= MostDays)
            throw Requests.Invalid($"until: at most {MostDays} days");
        var id = TermCalendar.IdOf(county);
        var calendar = (await store.ReadAsync<TermCalendar>([id], context.CancellationToken))[id];
        return TermText.Show(tree, county, calendar, asked ? calendar.Days(working).Between(from, until) : []);
    }
}

/// <summary>The rpcs of calendars.</summary>
public sealed class CalendarsService(PushTermCalendar push, GetTermCalendar get) : Protos.Education.V1.Calendars.CalendarsBase
{
    public override Task<Protos.Education.V1.TermCalendar> PushTermCalendar(PushTermCalendarRequest request, ServerCallContext context) => push.AnswerAsync(request, context);

    public override Task<Protos.Education.V1.TermCalendar> GetTermCalendar(GetTermCalendarRequest request, ServerCallContext context) => get.AnswerAsync(request, context);
}
