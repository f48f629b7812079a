namespace LeftBehind.Contracts.Registry;

/// <summary>
/// Something changed about who cares for a child in the parents' place (委托照护), which is apart from guardianship (监护): a carer
/// does not become a guardian (民法典总则编解释 §13). Subject of the fact: the child's file. Carries the whole state after the change.
/// </summary>
/// <param name="CareId">The stream of the child's care in Registry, whose version the fact bears.</param>
/// <param name="ChildId">The child's file (一人一档).</param>
/// <param name="Change">What happened, for timelines.</param>
/// <param name="After">All that is told of the child's care, after the change. Never who the carer is.</param>
[StoredName("care_recorded")]
public sealed record CareRecorded(Guid CareId, Guid ChildId, CareChange Change, CareFacts After);

/// <summary>What happened to a child's care.</summary>
public enum CareChange
{
    Entrusted, CarerPassed, CarerBarred, Notified, CarerChanged, ParentContactLogged, ParentContactMissed, Moved, Ended, CarerFoundUnfit,
    UnattendedDetected, UnattendedEnded,

    /// <summary>Who cared before was found unfit; who cares now is not touched.</summary>
    FormerCarerFoundUnfit,
}

/// <summary>How a child's care stands.</summary>
/// <param name="Entrusted">Whether somebody is entrusted.</param>
/// <param name="Screened">The carer passed the screening (未成年人保护法 §22).</param>
/// <param name="Notified">School and village committee were told (未成年人保护法 §23).</param>
/// <param name="Contact">The parents' weekly contact (未成年人保护法 §23).</param>
/// <param name="Unattended">The rule finds the child unattended; see <see cref="UnattendedChildDetected"/>.</param>
public sealed record CareFacts(Entrustment Entrusted, bool Screened, bool Notified, ParentContact Contact, bool Unattended);

/// <summary>Whether a child's care is entrusted; NotCollected (未采集) until anything was told, Unfit while a barred or unfit carer was not replaced.</summary>
public enum Entrustment { NotCollected, None, Entrusted, Unfit }

/// <summary>The parents' contact with a child in another's care; NotCollected before the first and where none is owed.</summary>
public enum ParentContact { NotCollected, UpToDate, Missed }
