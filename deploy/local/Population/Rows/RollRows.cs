using LeftBehind.Population.People;
using LeftBehind.Population.World;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.Population.Rows;

/// <summary>Rows of the student roll.</summary>
internal sealed class RollRows(DateOnly today)
{
    /// <summary>A pupil as first pushed.</summary>
    public RollRow Enrolled(Pupil pupil)
    {
        var row = Enrolled(pupil.FirstSequence, pupil);
        if (pupil.NameMistyped)
            row.Enrolled.Name = Names.Mistyped(pupil.Name);
        return row;
    }

    public RollRow Enrolled(long sequence, Pupil pupil)
    {
        var row = Row(sequence, pupil.StudentNo);
        row.Enrolled = new()
        {
            Name = pupil.Name, IdNumber = pupil.IdNumber, BirthDate = Clock.Text(pupil.Born), Sex = pupil.Sex,
            SchoolNo = pupil.School.No, SchoolCode = pupil.School.Code, Stage = pupil.Stage, Boarding = pupil.Boarding,
        };
        return row;
    }

    public RollRow Transferred(long sequence, Pupil pupil, School to, Boarding boarding)
    {
        var row = Row(sequence, pupil.StudentNo);
        row.Transferred = new() { SchoolNo = to.No, SchoolCode = to.Code, Stage = to.Stage, Boarding = boarding };
        return row;
    }

    public RollRow OnLeave(long sequence, Pupil pupil, int days)
    {
        var row = Row(sequence, pupil.StudentNo);
        row.OnLeave = new() { ApprovalNo = $"苏教批〔{today.Year}〕{sequence % 1000}号", Until = days == 0 ? "" : Clock.Text(today.AddDays(days)) };
        return row;
    }

    public RollRow DroppedOut(long sequence, Pupil pupil)
    {
        var row = Row(sequence, pupil.StudentNo);
        row.DroppedOut = new() { CauseCode = sequence % 3 == 0 ? "" : "03" };
        return row;
    }

    public RollRow Graduated(long sequence, Pupil pupil)
    {
        var row = Row(sequence, pupil.StudentNo);
        row.Graduated = new();
        return row;
    }

    public RollRow Row(long sequence, string studentNo) => new()
    {
        SourceEventId = $"sr-{sequence:D9}", SourceSequence = sequence, OccurredAt = Clock.OccurredAt(today, sequence),
        EffectiveOn = sequence % 7 == 0 ? Clock.Text(Clock.Yesterday(today)) : "", StudentNo = studentNo,
    };
}
