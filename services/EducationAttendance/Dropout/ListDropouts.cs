using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>The cases of a division's schools, page by page, the longest at their step first. Nobody is named in it.</summary>
public sealed class ListDropouts(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int LongestNumber = 64;

    public async Task<V1.DropoutCasePage> AnswerAsync(V1.ListDropoutCasesRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        var (size, after, ct) = (RowPlace.PageSize(request.PageSize), RowPlace.AfterDay(request.PageToken), context.CancellationToken);
        DropoutStep? step = request.Step is V1.DropoutStep.Unspecified ? null : Requests.Word<DropoutStep>(request.Step, "step");
        var page = await DropoutTable.PageAsync(store, tree.ValuesWithin(division!.Value), schoolNo.Length == 0 ? null : schoolNo, step, (after.Day, after.Id), size + 1, ct);
        var cases = await store.ReadAsync<DropoutCase>(page.Take(size).Select(p => DropoutCase.IdOf(p.Pupil)), ct);
        return new()
        {
            Cases = { page.Take(size).Select(p => DropoutAnswer.Of(cases[DropoutCase.IdOf(p.Pupil)], tree)) },
            NextPageToken = page.Count > size ? RowPlace.Of(page[size - 1].Since, page[size - 1].Pupil).ToString() : "",
        };
    }
}
