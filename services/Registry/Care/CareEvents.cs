using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Care;

/// <summary>Who the carer is to the child. The numbers are the protocol's.</summary>
public enum CarerRelation { Grandparent = 1, OtherRelative, Friend, Neighbour, Other }

/// <summary>Why the care is entrusted (未成年人保护法 §22).</summary>
public enum EntrustReason { WorkAway = 1, Illness, Detained, Other }

/// <summary>What the child says to it (未成年人保护法 §22).</summary>
public enum ChildOpinion { Agrees = 1, Disagrees, CannotExpress }

/// <summary>What bars somebody from caring (未成年人保护法 §22, items 1–4).</summary>
public enum CarerBar { Offence = 1, Vice, Neglect, Other }

/// <summary>How a parent was in contact.</summary>
public enum ContactChannel { Phone = 1, Video, Message, InPerson }

/// <summary>Why the care ended; the last two are not said by a person.</summary>
public enum CareEndReason { ParentReturned = 1, CarerUnable, ParentsWithdrew, Other, TermEnded, FileClosed }

/// <summary>Who was told of the entrustment (未成年人保护法 §23); there may be no school to tell.</summary>
[Flags]
public enum Notices { None = 0, School = 1, NotAtSchool = 2, VillageCommittee = 4 }

/// <summary>A carer, sealed under the child's key; by the two digests all that was told is compared, and the person alone.</summary>
public sealed record Carer(Sealed Identity, string Digest, string Person, CarerRelation Relation);

/// <summary>An event of a child's entrusted care. Each carries the facts that leave the house, after the change.</summary>
public interface ICareEvent
{
    /// <summary>The child's file.</summary>
    Guid Child { get; }

    /// <summary>How the care stands.</summary>
    CareFacts After { get; }
}

/// <summary>The first contact is owed before <paramref name="ContactDue"/>, the first day that is too late.</summary>
[StoredName("care_entrusted")]
public sealed record CareEntrusted(
    Guid Child, DivisionId Division, Carer Carer, DateOnly From, DateOnly? Until, EntrustReason Reason, ChildOpinion ChildHeard, DateOnly ContactDue,
    CareFacts After) : ICareEvent;

/// <summary>Another carer, from a day on; contact goes on as it was owed, or begins anew after one who was barred. Events of earlier releases tell no day.</summary>
[StoredName("carer_changed")]
public sealed record CarerChanged(Guid Child, Carer Carer, ChildOpinion ChildHeard, DateOnly ContactDue, CareFacts After, DateOnly? On = null) : ICareEvent;

/// <summary>Passed, or barred; screened by an account.</summary>
[StoredName("carer_screened")]
public sealed record CarerScreened(Guid Child, CarerBar? Bar, string By, CareFacts After) : ICareEvent;

/// <summary>All who were told by now.</summary>
[StoredName("entrustment_notified")]
public sealed record EntrustmentNotified(Guid Child, Notices Told, CareFacts After) : ICareEvent;

[StoredName("parent_contact_logged")]
public sealed record ParentContactLogged(Guid Child, Parent Parent, ContactChannel Channel, DateOnly On, DateOnly ContactDue, CareFacts After) : ICareEvent;

/// <summary>A week passed without contact; the next one is owed before <paramref name="ContactDue"/>.</summary>
[StoredName("parent_contact_missed")]
public sealed record ParentContactMissed(Guid Child, DateOnly ContactDue, CareFacts After) : ICareEvent;

/// <summary>The child moved while in care: who sees to its duties changed.</summary>
[StoredName("care_moved")]
public sealed record CareMoved(Guid Child, DivisionId From, DivisionId To, CareFacts After) : ICareEvent;

[StoredName("care_ended")]
public sealed record CareEnded(Guid Child, CareEndReason Reason, CareFacts After) : ICareEvent;

/// <summary>It ends the care; found by an account, or in the case that is named.</summary>
[StoredName("carer_found_unfit")]
public sealed record CarerFoundUnfit(Guid Child, CarerBar Ground, string By, CareFacts After, Guid? Case = null) : ICareEvent;

/// <summary>Somebody who cared before was found unfit in a case; who cares now is not touched.</summary>
[StoredName("former_carer_found_unfit")]
public sealed record FormerCarerFoundUnfit(Guid Child, string Person, CarerBar Ground, Guid Case, CareFacts After) : ICareEvent;

/// <summary>An episode in which nobody cares for the child began.</summary>
[StoredName("unattended_child_detected")]
public sealed record UnattendedChildDetected(Guid Child, DivisionId Division, UnattendedGround Ground, DateTimeOffset At, CareFacts After) : ICareEvent;

/// <summary>The episode ended.</summary>
[StoredName("unattended_ended")]
public sealed record UnattendedEnded(Guid Child, DivisionId Division, DateTimeOffset At, CareFacts After) : ICareEvent;
