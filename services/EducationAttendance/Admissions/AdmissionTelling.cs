using LeftBehind.Contracts.Education;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>What leaves the house of a refused admission: every event, once of the refusal and once of the child; and, once, that it is to be reported. Who told of it stays inside. Pure.</summary>
public static class AdmissionTelling
{
    /// <summary>The facts of one event; none of any other.</summary>
    public static IEnumerable<RelayedFact> Of(Guid stream, object @event)
    {
        if (@event is not IAdmissionEvent e)
            yield break;
        var told = new AdmissionRecorded(stream, e.Of.Child, e.Of.Pupil, e is AdmissionWasRefused ? AdmissionChange.Refused : AdmissionChange.Settled, e.After);
        yield return new(stream, told);
        yield return new((e.Of.Child ?? e.Of.Pupil)!.Value, told);
        if (e is AdmissionWasRefused refused)
            yield return new(stream, new AdmissionRefused(stream, e.Of.Pupil, e.Of.Child, e.After.School, refused.SchoolNo, refused.At));
    }
}
