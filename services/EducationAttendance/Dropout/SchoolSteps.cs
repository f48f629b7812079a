using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>What every recorded step tells: its request, its day, and a note sealed under the pupil's key.</summary>
public sealed record ToldStep(Guid Request, DateOnly On, Sealed? Note = null);

/// <summary>联系监护人. Asked as often as need be.</summary>
public sealed record RecordContact(ToldStep Told, ContactOutcome Outcome)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordContact command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.Contact) ? []
        : [new GuardianContacted(known.Pupil, command.Told.Request, command.Told.On, command.Outcome, command.Told.Note, Recorded.Facts(known, command.Told, DropoutAct.Contact))];
}

/// <summary>家访, after the guardian was asked. Neither child nor guardian reached: they are suspected missing.</summary>
public sealed record RecordHomeVisit(ToldStep Told, VisitOutcome Outcome, Guid? ChildId, DivisionId School, DateTimeOffset At)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordHomeVisit command, DropoutCase known)
    {
        if (Recorded.Before(known, command.Told, DropoutAct.VisitHome))
            return [];
        var facts = Recorded.Facts(known, command.Told, DropoutAct.VisitHome);
        if (!known.Contacted)
            throw new RejectedException("no contact with the guardian is recorded");
        return [new HomeVisited(known.Pupil, command.Told.Request, command.Told.On, command.Outcome, command.ChildId, command.School, command.At, command.Told.Note, facts)];
    }
}

/// <summary>辍学登记, once the guardian was asked and the home visited.</summary>
public sealed record RegisterDropout(ToldStep Told)
{
    public static IEnumerable<IDropoutEvent> Decide(RegisterDropout command, DropoutCase known)
    {
        if (Recorded.Before(known, command.Told, DropoutAct.Register))
            return [];
        var facts = Recorded.Facts(known, command.Told, DropoutAct.Register);
        if (!known.Contacted)
            throw new RejectedException("no contact with the guardian is recorded");
        if (!known.Visited)
            throw new RejectedException("no home visit is recorded");
        return [new DropoutRegistered(known.Pupil, command.Told.Request, command.Told.On, command.Told.Note, facts)];
    }
}

/// <summary>劝返 by the school.</summary>
public sealed record StartPersuasion(ToldStep Told)
{
    public static IEnumerable<IDropoutEvent> Decide(StartPersuasion command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.StartPersuasion) ? []
        : [new PersuasionStarted(known.Pupil, command.Told.Request, command.Told.On, command.Told.Note, Recorded.Facts(known, command.Told, DropoutAct.StartPersuasion))];
}

/// <summary>劝返无效; the note says why.</summary>
public sealed record RecordPersuasionFailed(ToldStep Told)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordPersuasionFailed command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.FailPersuasion) ? []
        : [new PersuasionFailed(known.Pupil, command.Told.Request, command.Told.On, command.Told.Note, Recorded.Facts(known, command.Told, DropoutAct.FailPersuasion))];
}

/// <summary>What every recorded step asks for.</summary>
internal static class Recorded
{
    /// <summary>Whether the request was taken before; of another step it is nobody's repeat.</summary>
    public static bool Before(DropoutCase known, ToldStep told, DropoutAct act) =>
        known.Requests.TryGetValue(told.Request, out var taken)
        && (taken == act ? true : throw new RejectedException("request_id: was used for another step of this case"));

    /// <summary>The facts after it. Nothing is done before the step it follows, and nothing about an absence before that began.</summary>
    public static Contracts.Education.DropoutFacts Facts(DropoutCase known, ToldStep told, DropoutAct act)
    {
        var facts = known.At(act, told.On);
        var earliest = act is DropoutAct.Contact or DropoutAct.VisitHome ? known.AbsentSince : known.Facts!.Since;
        return told.On >= earliest ? facts : throw new RejectedException($"on: before {earliest:yyyy-MM-dd}, the day of what it follows");
    }
}
