using System.Globalization;
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
    private const int MostAPage = 200, UnaskedAPage = 50, LongestNumber = 64;

    public async Task<V1.DropoutCasePage> AnswerAsync(V1.ListDropoutCasesRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        var schoolNo = Texts.Readable(request.SchoolNo, "school_no", 0, LongestNumber);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), schoolNo));
        if (request.PageSize is < 0 or > MostAPage)
            throw Requests.Invalid($"page_size: 0 to {MostAPage}");
        var (size, ct) = (request.PageSize == 0 ? UnaskedAPage : request.PageSize, context.CancellationToken);
        DropoutStep? step = request.Step is V1.DropoutStep.Unspecified ? null : Requests.Word<DropoutStep>(request.Step, "step");
        var page = await DropoutTable.PageAsync(store, Within(division!.Value), schoolNo.Length == 0 ? null : schoolNo, step, Place(request.PageToken), size + 1, ct);
        var cases = await store.ReadAsync<DropoutCase>(page.Take(size).Select(p => DropoutCase.IdOf(p.Pupil)), ct);
        return new()
        {
            Cases = { page.Take(size).Select(p => DropoutAnswer.Of(cases[DropoutCase.IdOf(p.Pupil)], tree)) },
            NextPageToken = page.Count > size ? Token(page[size - 1]) : "",
        };
    }

    private long[] Within(Contracts.DivisionId division)
    {
        var index = tree.IndexOf(division);
        return [.. Enumerable.Range(index, tree.SubtreeEnd(index) - index).Select(i => tree.IdAt(i).Value)];
    }

    private static string Token((Guid Pupil, DateOnly Since) last) => string.Create(CultureInfo.InvariantCulture, $"{last.Since.DayNumber}.{last.Pupil:N}");

    private static (DateOnly, Guid) Place(string token) =>
        token.Length == 0 ? (DateOnly.MinValue, Guid.Empty)
        : token.Split('.') is [var day, var id] && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= DateOnly.MaxValue.DayNumber && Guid.TryParseExact(id, "N", out var pupil) ? (DateOnly.FromDayNumber(number), pupil)
        : throw Requests.Invalid("page_token: not one of this list");
}
