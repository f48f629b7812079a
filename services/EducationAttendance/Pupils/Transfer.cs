using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>A transfer as a row tells it.</summary>
/// <param name="SchoolNo">The roll's own number of the receiving school.</param>
/// <param name="School">Where that school stands.</param>
/// <param name="Stage">Not collected = as before.</param>
/// <param name="Boarding">Null = as before.</param>
/// <param name="Inside">The receiving school lies in the divisions of whoever tells it.</param>
/// <param name="On">The day from which it counts.</param>
public sealed record ToldTransfer(string SchoolNo, DivisionId School, Stage Stage, bool? Boarding, bool Inside, DateOnly On);

/// <summary>
/// Received by another school: the pupil is enrolled there. A school outside the divisions of the roll that tells it takes the
/// pupil over: the pupil is out until that school's own roll enrols it, and is never counted twice meanwhile. Pure.
/// </summary>
public static class Transfer
{
    public static IPupilEvent? Decide(Pupil pupil, ToldTransfer told)
    {
        var before = pupil.Facts;
        var after = pupil.From(told.On, before with
        {
            State = told.Inside ? EnrolmentState.Enrolled : EnrolmentState.TransferredOut,
            School = told.School,
            Stage = told.Stage is Stage.NotCollected ? before.Stage : told.Stage,
            Boarding = told.Boarding ?? before.Boarding,
        });
        return after == before && pupil.SchoolNo == told.SchoolNo ? null : new PupilTransferred(before.School, told.SchoolNo, after);
    }
}
