using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Reads.V1;

namespace LeftBehind.ReadLog;

/// <summary>What a service hides of its reads: that something was read tells that it exists.</summary>
public interface IHidesReads
{
    /// <summary>Of what was opened, that of whose reads this caller is not told.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="opened">The word for it, and the first subject of the read.</param>
    /// <param name="ct">Ends the look.</param>
    Task<IReadOnlySet<Guid>> HiddenAsync(Caller caller, IReadOnlyCollection<(string What, Guid Opened)> opened, CancellationToken ct);
}

/// <summary>Lists who read what lay in a division, by subject, reader and time, a page at a time.</summary>
public sealed class ReadLogService(EventStore store, DivisionTree tree, TimeProvider clock, IEnumerable<IHidesReads> hiding) : V1.PersonalReads.PersonalReadsBase
{
    private const int LongestReader = 200;

    /// <inheritdoc/>
    public override async Task<V1.ListedReads> ListReads(V1.ListReadsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        var size = RowPlace.PageSize(request.PageSize);
        var reader = Texts.Line(request.Reader, "reader", 0, LongestReader);
        var page = await ReadTable.PageAsync(store, new(
            tree.ValuesWithin(division!.Value), Requests.OptionalId(request.SubjectId, "subject_id"), reader.Length == 0 ? null : reader,
            Time(request.Since, "since"), Time(request.Until, "until"), RowPlace.AfterTime(request.PageToken), size + 1), context.CancellationToken);
        var hidden = await HiddenAsync(context.GetCaller(), page, context.CancellationToken);
        return new()
        {
            Reads = { page.Take(size).Where(r => r.Subjects.Length == 0 || !hidden.Contains(r.Subjects[0])).Select(Shown) },
            NextPageToken = page.Count > size ? RowPlace.Of(page[size - 1].At, page[size - 1].Id).ToString() : "",
        };
    }

    private async Task<HashSet<Guid>> HiddenAsync(Caller caller, List<KeptRead> page, CancellationToken ct)
    {
        var hidden = new HashSet<Guid>();
        foreach (var rule in hiding)
            hidden.UnionWith(await rule.HiddenAsync(caller, [.. page.Where(r => r.Subjects.Length > 0).Select(r => (r.What, r.Subjects[0])).Distinct()], ct));
        return hidden;
    }

    private static DateTimeOffset? Time(string text, string field) => text.Length == 0 ? null : Requests.Time(text, field);

    private V1.PersonalRead Shown(KeptRead read) => new()
    {
        ReadId = read.Id.ToString(), At = Requests.Written(read.At), Reader = read.Reader, Department = ClaimWords.Word(read.Department), Role = ClaimWords.Word(read.Role),
        ReaderDivisionCode = tree.Code(read.ReaderDivision).ToString(), Purpose = read.Purpose, What = read.What, DivisionCode = tree.Code(read.Place).ToString(),
        SubjectIds = { read.Subjects.Select(s => s.ToString()) }, BreakGlassId = read.Grant?.ToString() ?? "",
    };
}
