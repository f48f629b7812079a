using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Reports;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Hotline;

/// <summary>An event of an appeal to 12355: when it was done, and by which account.</summary>
public interface IAppealEvent
{
    DateTimeOffset At { get; }

    string By { get; }
}

/// <summary>Taken. Words and caller are sealed under a key each, as description and reporter of a report are.</summary>
/// <param name="Holder">The platform's division.</param>
/// <param name="Place">Where the matter lies, if anybody told.</param>
/// <param name="CallerKnown">A name or a phone was told.</param>
/// <param name="CanBeCalled">A phone was told.</param>
/// <param name="RecordedAt">When it was written down; <see cref="At"/> is when the call was taken.</param>
[StoredName("appeal_received")]
public sealed record AppealReceived(
    DivisionId Holder, DivisionId? Place, Guid? Child, AppealChannel Channel, bool Danger, bool CallerKnown, bool CanBeCalled, Guid TextKey,
    Sealed Words, Sealed Caller, Concerned? Concerned, string Digest, DateTimeOffset RecordedAt, DateTimeOffset At, string By) : IAppealEvent;

/// <summary>Said what it is, and what follows with it.</summary>
/// <param name="Class">As what.</param>
/// <param name="Report">The report that it made, or joined as an update.</param>
/// <param name="Joined">The appeal that it joined as an update.</param>
/// <param name="Child">The child's file, known by now.</param>
/// <param name="Concerned">Whom the report that it made, or what it joined, concerns.</param>
/// <param name="AnswerDueOn">The last day in time for the first answer; null where none is owed.</param>
[StoredName("appeal_classified")]
public sealed record AppealClassified(
    AppealClass Class, Guid? Report, Guid? Joined, Guid? Child, IReadOnlyList<Concerned> Concerned, DateOnly? AnswerDueOn, DateTimeOffset At, string By) : IAppealEvent;

/// <summary>Given to a department of a division, and to one account there where named.</summary>
[StoredName("appeal_assigned")]
public sealed record AppealAssigned(OwnerDepartment Department, DivisionId Division, string? Account, DateTimeOffset At, string By) : IAppealEvent;

/// <summary>Handed from one platform to another.</summary>
/// <param name="Place">Where the matter lies, as known by then.</param>
[StoredName("appeal_transferred")]
public sealed record AppealTransferred(DivisionId From, DivisionId To, DivisionId? Place, Sealed Reason, DateTimeOffset At, string By) : IAppealEvent;

[StoredName("appeal_begun")]
public sealed record AppealBegun(DateTimeOffset At, string By) : IAppealEvent;

[StoredName("appeal_help_given")]
public sealed record AppealHelpGiven(HotlineHelp Help, Sealed Note, DateTimeOffset At, string By) : IAppealEvent;

[StoredName("appeal_answered")]
public sealed record AppealAnswered(Sealed Words, DateTimeOffset At, string By) : IAppealEvent;

[StoredName("appeal_followed_up")]
public sealed record AppealFollowedUp(FollowUpOutcome Outcome, Sealed Note, DateTimeOffset At, string By) : IAppealEvent;

/// <summary>On an appeal: a further call about it, which joined it.</summary>
[StoredName("appeal_updated")]
public sealed record AppealUpdated(Guid Update, DateTimeOffset At, string By) : IAppealEvent;

[StoredName("appeal_closed")]
public sealed record AppealClosed(DateTimeOffset At, string By) : IAppealEvent;

/// <summary>The child's personal data was erased, and the words with it: their key is destroyed in the same transaction.</summary>
[StoredName("appeal_texts_erased")]
public sealed record AppealTextsErased;

/// <summary>Where it stands after what was recorded just before: what leaves the house.</summary>
[StoredName("appeal_stood")]
public sealed record AppealStood(HotlineAppealFacts After);

/// <summary>What a follow-up call (回访) found.</summary>
public enum FollowUpOutcome { Settled = 1, Unsettled, NotReached }
