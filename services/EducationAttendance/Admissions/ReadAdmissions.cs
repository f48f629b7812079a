using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Admissions;

/// <summary>A refused admission, and lists of them. Nobody is named in it.</summary>
public sealed class ReadAdmissions(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 64;

    public async Task<V1.RefusedAdmission> GetAsync(V1.GetRefusedAdmissionRequest request, ServerCallContext context)
    {
        var id = Requests.Id(request.RefusalId, "refusal_id");
        var known = (await store.ReadAsync<AdmissionRefusal>([id], context.CancellationToken))[id];
        context.Require(known.Facts?.School);
        return HandleAdmissions.Shown(known, tree);
    }

    public async Task<V1.RefusedAdmissionPage> ListAsync(V1.ListRefusedAdmissionsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var state = request.State is V1.AdmissionState.Unspecified ? AdmissionState.Open : Requests.Word<AdmissionState>(request.State, "state");
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber) is { Length: > 0 } no ? no : null;
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        var page = await AdmissionTable.PageAsync(store, tree.ValuesWithin(division!.Value), state, schoolNo, after, size + 1, ct);
        var known = await store.ReadAsync<AdmissionRefusal>(page.Take(size).Select(p => p.Id), ct);
        return new()
        {
            Refusals = { page.Take(size).Select(p => HandleAdmissions.Shown(known[p.Id], tree)) },
            NextPageToken = page.Count > size ? page[size - 1].ToString() : "",
        };
    }
}

/// <summary>The rpcs of refused admissions; each line hands over to the feature it belongs to.</summary>
public sealed class AdmissionsService(HandleAdmissions handle, ReadAdmissions read) : V1.Admissions.AdmissionsBase
{
    public override Task<V1.RefusedAdmission> RecordAdmissionRefused(V1.RecordAdmissionRefusedRequest request, ServerCallContext context) => handle.RecordAsync(request, context);

    public override Task<V1.RefusedAdmission> SettleAdmission(V1.SettleAdmissionRequest request, ServerCallContext context) => handle.SettleAsync(request, context);

    public override Task<V1.RefusedAdmission> GetRefusedAdmission(V1.GetRefusedAdmissionRequest request, ServerCallContext context) => read.GetAsync(request, context);

    public override Task<V1.RefusedAdmissionPage> ListRefusedAdmissions(V1.ListRefusedAdmissionsRequest request, ServerCallContext context) => read.ListAsync(request, context);
}
