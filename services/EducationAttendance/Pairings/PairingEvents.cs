using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Pairings;

/// <summary>What a helper did. The numbers are the protocol's.</summary>
public enum SupportKind { Talk = 1, HomeVisit, HelpedCall }

/// <summary>Why a pairing ended. The numbers are the protocol's.</summary>
public enum PairingEnd { Completed = 1, HelperChanged, Other, PupilLeft }

/// <summary>An event of a pairing. Each carries the facts that leave the house, after the change.</summary>
public interface IPairingEvent
{
    /// <summary>The pupil on the roll.</summary>
    Guid Pupil { get; }

    /// <summary>All that is told of the pairing.</summary>
    PairingFacts After { get; }

    /// <summary>Made of the caller and its request id; null where the rule did it.</summary>
    Guid? Request { get; }
}

/// <param name="Pupil">The pupil.</param>
/// <param name="Request">See the interface.</param>
/// <param name="SchoolNo">The roll's own number of the school.</param>
/// <param name="Helper">The helper's account.</param>
/// <param name="SignedOn">The day on which the commitment (承诺书) was signed.</param>
/// <param name="After">The facts.</param>
[StoredName("pairing_begun")]
public sealed record PairingBegun(Guid Pupil, Guid? Request, string SchoolNo, string Helper, DateOnly? SignedOn, PairingFacts After) : IPairingEvent;

[StoredName("pairing_support_recorded")]
public sealed record SupportRecorded(Guid Pupil, Guid? Request, DateOnly On, SupportKind Kind, Sealed? Note, PairingFacts After) : IPairingEvent;

[StoredName("pairing_plan_made")]
public sealed record PairingPlanMade(Guid Pupil, Guid? Request, DateOnly On, Sealed Plan, PairingFacts After) : IPairingEvent;

[StoredName("pairing_ended")]
public sealed record PairingEnded(Guid Pupil, Guid? Request, PairingEnd Reason, Sealed? Note, PairingFacts After) : IPairingEvent;
