using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>Who told of a refusal. The numbers are the protocol's.</summary>
public enum RefusalToldBy { School = 1, Education, Guardian }

/// <summary>Whom a school refused: a child with a file, a pupil on the roll, or both in one.</summary>
/// <param name="Child">The child's file; null where it is not known.</param>
/// <param name="Pupil">The pupil; null where the child is on no roll.</param>
public sealed record RefusedChild(Guid? Child, Guid? Pupil);

/// <summary>An event of a refused admission. Each carries the facts that leave the house, after the change.</summary>
public interface IAdmissionEvent
{
    /// <summary>Who was refused.</summary>
    RefusedChild Of { get; }

    /// <summary>Made of the caller and its request id.</summary>
    Guid Request { get; }

    /// <summary>All that is told of it.</summary>
    AdmissionFacts After { get; }
}

/// <param name="Of">See the interface.</param>
/// <param name="Request">See the interface.</param>
/// <param name="SchoolNo">The roll's own number of the school that refused.</param>
/// <param name="ToldBy">Who told of it.</param>
/// <param name="At">When it was recorded; UTC.</param>
/// <param name="After">See the interface.</param>
[StoredName("admission_was_refused")]
public sealed record AdmissionWasRefused(RefusedChild Of, Guid Request, string SchoolNo, RefusalToldBy ToldBy, DateTimeOffset At, AdmissionFacts After) : IAdmissionEvent;

/// <param name="Of">See the interface.</param>
/// <param name="Request">See the interface.</param>
/// <param name="AdmittedBy">The roll's own number of the school that admits the child; null where no other one does.</param>
/// <param name="After">See the interface.</param>
[StoredName("admission_settled")]
public sealed record AdmissionSettled(RefusedChild Of, Guid Request, string? AdmittedBy, AdmissionFacts After) : IAdmissionEvent;
