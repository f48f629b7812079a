using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Admissions;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Boarders;
using LeftBehind.EducationAttendance.ContactCards;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.LawLessons;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.Obligations;
using LeftBehind.Pages;

namespace LeftBehind.EducationAttendance;

/// <summary>Which facts leave the house, in what words: every event of a pupil, its search for a file, the schooling of the child behind it; every event of a class-day, and the pupils whose attendance changed by it; every event of a dropout case, of a difference to Registry, of a pairing, of a refused admission, of a contact card, of a sheet of boarders and of a school's law lessons; duties. Calendars stay inside.</summary>
public sealed class EducationRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (ObligationTelling.Of(stored.Stream, stored.Data) is { } duty)
        {
            yield return new(stored.Stream, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        if (stored.Data is IClassDayEvent day)
        {
            yield return new(stored.Stream, new ClassDayRecorded(stored.Stream, ChangeOf(day), day.After));
            foreach (var pupilAttended in (day as PupilsAttended)?.Pupils ?? [])
                yield return new(pupilAttended.Pupil, new PupilAttendanceRecorded(pupilAttended.Pupil, pupilAttended.After));
        }
        foreach (var ofCase in DropoutTelling.Of(stored.Stream, stored.Data))
            yield return ofCase;
        foreach (var fact in ReconciliationTelling.Of(stored.Stream, stored.Data).Concat(PairingTelling.Of(stored.Stream, stored.Data)).Concat(AdmissionTelling.Of(stored.Stream, stored.Data))
            .Concat(ContactCardTelling.Of(stored.Stream, stored.Data)).Concat(BoardingTelling.Of(stored.Stream, stored.Data)).Concat(LawTermTelling.Of(stored.Stream, stored.Data)))
            yield return fact;
        if (stored.Data is not IPupilEvent e)
            yield break;
        var (pupil, after) = (stored.Stream, e.After);
        yield return new(pupil, new PupilRecorded(pupil, ChangeOf(e), after));
        if (e is IToldIdentity { Identity.ToRegistry: { } toRegistry } told)
            yield return new(pupil, new PupilAwaitsMatch(pupil, told.Identity.BlindIndex?.ToString(), toRegistry.ToText(), after.BirthDate, after.Sex));
        if (after.ChildId is { } child)
            yield return new(child, new ChildSchoolingRecorded(child, pupil, after.Schooled(), Boarding(after), after.Counted(), after.CountedSince()));
        if (e is not PupilUnlinkedFromChild unlinked)
            yield break;
        // Of this pupil alone: another one behind the child still speaks for it.
        yield return new(unlinked.ChildId, new ChildSchoolingRecorded(unlinked.ChildId, pupil, Schooling.NotCollected, null));
        if (unlinked.Asks is { } asks)
            yield return new(pupil, new PupilAwaitsMatch(pupil, asks.BlindIndex?.ToString(), asks.ToRegistry.ToText(), after.BirthDate, after.Sex));
    }

    /// <summary>Only whoever is enrolled boards.</summary>
    private static bool? Boarding(PupilFacts facts) => facts.Counted() is EnrolmentState.Enrolled or EnrolmentState.OnLeave ? facts.Boarding : null;

    private static ClassDayChange ChangeOf(IClassDayEvent e) => e switch
    {
        RollCallSubmitted => ClassDayChange.Called,
        RollCallCorrected or AttendanceMarkTold => ClassDayChange.Corrected,
        RollCallMissed => ClassDayChange.Missed,
        RollCallNotDue => ClassDayChange.NotDue,
        RollCallDue => ClassDayChange.Due,
        PupilsAttended => ClassDayChange.Attended,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };

    private static PupilChange ChangeOf(IPupilEvent e) => e switch
    {
        PupilEnrolled => PupilChange.Enrolled,
        EnrolmentCorrected => PupilChange.Corrected,
        PupilTransferred => PupilChange.Transferred,
        PupilWentOnLeave => PupilChange.WentOnLeave,
        EnrolmentDeferred => PupilChange.Deferred,
        PupilTaughtAtHome => PupilChange.HomeTaught,
        PupilLeft => PupilChange.Left,
        PupilTransferAnnounced => PupilChange.TransferAnnounced,
        PupilDroppedOut => PupilChange.DroppedOut,
        PupilGraduated => PupilChange.Graduated,
        PupilReturned => PupilChange.Returned,
        PupilLinkedToChild => PupilChange.Matched,
        PupilUnlinkedFromChild => PupilChange.Unlinked,
        PupilErased => PupilChange.PersonalDataErased,
        LastingNumberAssigned => PupilChange.NumberAssigned,
        PupilPromoted => PupilChange.Promoted,
        DropoutRegisterChanged { After.Register: { DroppedOut: true } } => PupilChange.DropoutRegistered,
        DropoutRegisterChanged => PupilChange.DropoutCleared,
        _ => throw new InvalidOperationException($"{e.GetType().Name} has no words yet."),
    };
}
