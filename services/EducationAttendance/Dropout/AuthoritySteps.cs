using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>镇（街道）劝返, after the written report.</summary>
public sealed record RecordTownPersuasion(ToldStep Told)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordTownPersuasion command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.PersuadeByTown) ? []
        : [new TownPersuaded(known.Pupil, command.Told.Request, command.Told.On, command.Told.Note, Recorded.Facts(known, command.Told, DropoutAct.PersuadeByTown))];
}

/// <summary>限期复学 (义务教育法 §58), in writing and until a day.</summary>
public sealed record OrderAttendance(ToldStep Told, string DocumentNo, DateOnly ReturnBy)
{
    public static IEnumerable<IDropoutEvent> Decide(OrderAttendance command, DropoutCase known)
    {
        if (Recorded.Before(known, command.Told, DropoutAct.OrderAttendance))
            return [];
        var facts = Recorded.Facts(known, command.Told, DropoutAct.OrderAttendance);
        return command.ReturnBy > command.Told.On
            ? [new AttendanceOrdered(known.Pupil, command.Told.Request, command.Told.On, command.DocumentNo, command.ReturnBy, command.Told.Note, facts)]
            : throw new RejectedException("return_by: not after the day of the order");
    }
}

/// <summary>依法采取措施, once the time that the order gave has run out; as often as need be.</summary>
public sealed record RecordLegalMeasures(ToldStep Told, LegalMeasure Measure, string DocumentNo)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordLegalMeasures command, DropoutCase known)
    {
        if (Recorded.Before(known, command.Told, DropoutAct.TakeLegalMeasures))
            return [];
        var facts = Recorded.Facts(known, command.Told, DropoutAct.TakeLegalMeasures);
        return command.Told.On > known.Order!.ReturnBy
            ? [new LegalMeasuresTaken(known.Pupil, command.Told.Request, command.Told.On, command.Measure, command.DocumentNo, command.Told.Note, facts)]
            : throw new RejectedException($"on: the order gives time until {known.Order.ReturnBy:yyyy-MM-dd}");
    }
}

/// <summary>复学, 销号: monitored from then on.</summary>
public sealed record RecordReturn(ToldStep Told)
{
    public static IEnumerable<IDropoutEvent> Decide(RecordReturn command, DropoutCase known) =>
        Recorded.Before(known, command.Told, DropoutAct.Return) ? []
        : [new ReturnRecorded(known.Pupil, command.Told.Request, command.Told.On, command.Told.Note, Recorded.Facts(known, command.Told, DropoutAct.Return))];
}
