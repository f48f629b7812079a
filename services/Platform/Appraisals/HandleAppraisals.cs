using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Indicators;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Appraisals;

/// <summary>How appraisals are recorded, reported and judged: who may, what was asked before, what the table allows, and the version the caller saw; and lists of them.</summary>
public sealed class HandleAppraisals(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 100;

    /// <summary>Only a division that lies below the caller's is appraised: nobody appraises himself.</summary>
    public Task<V1.Appraisal> RecordAsync(V1.RecordAppraisalRequest request, ServerCallContext context)
    {
        var (caller, now) = (context.GetCaller(), clock.GetUtcNow());
        var (id, today) = (CallMeta.StreamOf(Appraisal.StreamType, caller.Subject, Requests.Id(request.RequestId, "request_id")), WorkCalendar.DayOf(now));
        var kind = Requests.Word<AppraisalKind>(request.Kind, "kind");
        var department = request.Department.Length == 0 ? null : Department(request.Department);
        var document = Texts.DocumentNo(request.Document, "document", 1, LongestNumber);
        var indicator = request.Indicator.Length == 0 ? null : Indicator.Find(request.Indicator)?.Name ?? throw Requests.Invalid("indicator: unknown");
        var due = kind is AppraisalKind.Rectification ? Due(request.DueOn, today)
            : request.DueOn.Length == 0 ? (DateOnly?)null : throw Requests.Invalid("due_on: only of a rectification");
        var of = Requests.Division(tree, request.DivisionCode, now);
        context.Require(of);
        return of == caller.Division ? throw ScopeGuard.NotFound()
            : TakeAsync(id, version: null, _ => new AppraisalRecorded(id, kind, of!.Value, department, caller.Division, document, indicator, today, due), context);
    }

    /// <summary>Whoever is to rectify: civil affairs for the division's government, else the department itself.</summary>
    public Task<V1.Appraisal> ReportAsync(V1.ReportRectificationRequest request, ServerCallContext context)
    {
        var (caller, asked) = (context.GetCaller(), Asked(request.RequestId, context));
        var document = Texts.DocumentNo(request.Document, "document", 1, LongestNumber);
        return TakeAsync(Requests.Id(request.AppraisalId, "appraisal_id"), request.ExpectedVersion, known =>
        {
            context.Require(known.Facts?.Of);
            return known.Facts!.Of == caller.Division && caller.Department.ToString() == (known.Facts.Department ?? OwnerDepartment.CivilAffairs).ToString()
                ? new RectificationReported(asked, document) : throw new RejectedException("reported by whoever is to rectify");
        }, context);
    }

    public Task<V1.Appraisal> JudgeAsync(V1.JudgeRectificationRequest request, ServerCallContext context)
    {
        var (caller, asked) = (context.GetCaller(), Asked(request.RequestId, context));
        var due = !request.Accepted ? Due(request.DueOn, WorkCalendar.DayOf(clock.GetUtcNow()))
            : request.DueOn.Length == 0 ? (DateOnly?)null : throw Requests.Invalid("due_on: only where it is returned");
        return TakeAsync(Requests.Id(request.AppraisalId, "appraisal_id"), request.ExpectedVersion, known =>
        {
            context.Require(known.Facts?.By);
            return known.Facts!.By != caller.Division ? throw new RejectedException("judged by the division that ordered it")
                : due is { } day ? new RectificationReturned(asked, day) : new RectificationAccepted(asked);
        }, context);
    }

    public async Task<V1.AppraisalPage> ListAsync(V1.ListAppraisalsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        AppraisalState? state = request.State is V1.AppraisalState.Unspecified ? null : Requests.Word<AppraisalState>(request.State, "state");
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var page = await AppraisalTable.PageAsync(store, tree.ValuesWithin(division!.Value), state, after, size + 1, ct);
        var known = await store.ReadAsync<Appraisal>(page.Take(size).Select(p => p.Id), ct);
        return new() { Appraisals = { page.Take(size).Select(p => Shown(known[p.Id])) }, NextPageToken = page.Count > size ? page[size - 1].ToString() : "" };
    }

    /// <summary>What was taken before, in the same words, is answered again whatever the version.</summary>
    private Task<V1.Appraisal> TakeAsync(Guid id, long? version, Func<Appraisal, IAppraisalEvent> ask, ServerCallContext context) => store.RunAsync(async work =>
    {
        var known = (await work.LoadAsync<Appraisal>([id], context.CancellationToken))[id];
        var asked = ask(known);
        if (known.Facts is { } taken && asked is AppraisalRecorded again)
            asked = again with { On = taken.On };
        if (!known.IsTaken(asked))
        {
            if (version is { } expected && known.Version != expected)
                throw new RpcException(new(StatusCode.Aborted, $"expected_version: the appraisal is at version {known.Version}"));
            work.Append(id, known.Decide(asked), context.Meta(clock.GetUtcNow()));
            known = known.After(asked);
            AppraisalTable.Write(work, known);
        }
        return Shown(known);
    }, context.CancellationToken);

    private static Guid Asked(string request, ServerCallContext context) => CallMeta.StreamOf("rectification", context.GetCaller().Subject, Requests.Id(request, "request_id"));

    private static DateOnly Due(string text, DateOnly today) => Calls.Days.Read(text, "due_on") is var day && day > today ? day : throw Requests.Invalid("due_on: after today");

    private static OwnerDepartment? Department(string word) =>
        Enum.GetValues<OwnerDepartment>().Where(d => Cells.Word(d) == word).Cast<OwnerDepartment?>().FirstOrDefault() ?? throw Requests.Invalid("department: unknown");

    private V1.Appraisal Shown(Appraisal known) => new()
    {
        AppraisalId = known.Id.ToString(), Version = known.Version, Kind = (V1.AppraisalKind)known.Facts!.Kind, State = (V1.AppraisalState)known.State,
        Division = GetFigures.Shown(tree, known.Facts.Of), Department = known.Facts.Department is { } department ? Cells.Word(department) : "", By = GetFigures.Shown(tree, known.Facts.By),
        Document = known.Facts.Document, Indicator = known.Facts.Indicator ?? "", RecordedOn = Calls.Days.Written(known.Facts.On), DueOn = Calls.Days.Written(known.DueOn),
        Report = known.Report ?? "", Overdue = known.IsOverdue(WorkCalendar.DayOf(clock.GetUtcNow())),
    };
}
