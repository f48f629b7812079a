using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Quarters;

/// <summary>Where a town's submission of a quarter stands. The numbers are the protocol's, and stored.</summary>
public enum SubmissionState { Open = 1, Submitted, Returned, Resubmitted, CountyApproved, CityAccepted, ProvinceAccepted, Locked }

/// <summary>What is done with submissions. The numbers are the protocol's.</summary>
public enum SubmissionAct { Submit = 1, Return, Approve, CityAccept, ProvinceAccept, Lock, Reopen }

/// <summary>Why a submission is returned or reopened. The numbers are the protocol's.</summary>
public enum ReturnReason { FiguresWrong = 1, Incomplete, NotConfirmed, LateFacts }

/// <summary>One row of the table: an act, the state it may be done in, the state it leads to, and the level that does it.</summary>
public sealed record SubmissionTransition(SubmissionAct Act, SubmissionState From, SubmissionState To, DivisionLevel By);

/// <param name="Request">Made of the caller and its request id.</param>
/// <param name="Quarter">As stored, year and number.</param>
/// <param name="Town">Whose submission it is.</param>
/// <param name="Act">What was done.</param>
/// <param name="State">Where it stands after it.</param>
/// <param name="By">The division that did it.</param>
/// <param name="On">The day, Asia/Shanghai.</param>
/// <param name="Reason">Of a return or a reopening.</param>
[StoredName(StoredAs)]
public sealed record SubmissionChanged(
    Guid Request, int Quarter, DivisionId Town, SubmissionAct Act, SubmissionState State, DivisionId By, DateOnly On, ReturnReason? Reason = null)
{
    internal const string StoredAs = "submission_changed";
}

/// <summary>A town's submission of a quarter (逐级报送). A level takes it up only when the level below did, and it is reopened from the top down. Pure.</summary>
public sealed record Submission(Guid Id) : IFolded<Submission>
{
    /// <summary>What is allowed when, and whose it is.</summary>
    public static readonly IReadOnlyList<SubmissionTransition> Transitions =
    [
        new(SubmissionAct.Submit, SubmissionState.Open, SubmissionState.Submitted, DivisionLevel.Town),
        new(SubmissionAct.Submit, SubmissionState.Returned, SubmissionState.Resubmitted, DivisionLevel.Town),
        new(SubmissionAct.Return, SubmissionState.Submitted, SubmissionState.Returned, DivisionLevel.County),
        new(SubmissionAct.Return, SubmissionState.Resubmitted, SubmissionState.Returned, DivisionLevel.County),
        new(SubmissionAct.Approve, SubmissionState.Submitted, SubmissionState.CountyApproved, DivisionLevel.County),
        new(SubmissionAct.Approve, SubmissionState.Resubmitted, SubmissionState.CountyApproved, DivisionLevel.County),
        new(SubmissionAct.CityAccept, SubmissionState.CountyApproved, SubmissionState.CityAccepted, DivisionLevel.City),
        new(SubmissionAct.ProvinceAccept, SubmissionState.CityAccepted, SubmissionState.ProvinceAccepted, DivisionLevel.Province),
        new(SubmissionAct.Lock, SubmissionState.ProvinceAccepted, SubmissionState.Locked, DivisionLevel.Province),
        new(SubmissionAct.Reopen, SubmissionState.Locked, SubmissionState.ProvinceAccepted, DivisionLevel.Province),
        new(SubmissionAct.Reopen, SubmissionState.ProvinceAccepted, SubmissionState.CityAccepted, DivisionLevel.Province),
        new(SubmissionAct.Reopen, SubmissionState.CityAccepted, SubmissionState.CountyApproved, DivisionLevel.City),
        new(SubmissionAct.Reopen, SubmissionState.CountyApproved, SubmissionState.Returned, DivisionLevel.County),
    ];

    public static string StreamType => "quarterly-submission";

    public static Submission New(Guid id) => new(id);

    public static Guid IdOf(Quarter quarter, DivisionId town) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{quarter}/{town.Value}")).AsSpan(0, 16));

    public SubmissionState State { get; private init; } = SubmissionState.Open;

    /// <summary>When it was submitted first; what came later were returns.</summary>
    public DateOnly? SubmittedOn { get; private init; }
    public long Version { get; private init; }

    private ImmutableDictionary<Guid, SubmissionAct> Taken { get; init; } = ImmutableDictionary<Guid, SubmissionAct>.Empty;

    /// <summary>Open to facts that come late: nobody has put a name to it, or it was given back.</summary>
    public static bool IsOpen(SubmissionState state) => state is SubmissionState.Open or SubmissionState.Returned;

    /// <summary>Whether this request was taken before; for another act it is refused.</summary>
    public bool IsTaken(Guid request, SubmissionAct act) => Taken.TryGetValue(request, out var taken)
        && (taken == act ? true : throw new RejectedException("request_id: was used for something else with this quarter"));

    /// <summary>Where the act leads to, done by a level; null where the table does not allow it.</summary>
    public SubmissionState? Decide(SubmissionAct act, DivisionLevel by) => Transitions.FirstOrDefault(t => t.Act == act && t.From == State && t.By == by)?.To;

    public Submission After(object @event) => @event is SubmissionChanged e
        ? this with { State = e.State, SubmittedOn = SubmittedOn ?? (e.Act is SubmissionAct.Submit ? e.On : null), Version = Version + 1, Taken = Taken.SetItem(e.Request, e.Act) }
        : this;
}
