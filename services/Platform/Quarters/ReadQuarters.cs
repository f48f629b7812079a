using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;
using Npgsql;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Quarters;

/// <summary>How the towns of a division stand, who reported in time, and what came too late.</summary>
public sealed class ReadQuarters(NpgsqlDataSource database, QuarterCopies copies, WorkCalendar working, TimeProvider clock)
{
    /// <summary>Platform default.</summary>
    private const int WorkingDays = 10;

    public async Task<V1.SubmissionPage> ListAsync(V1.ListSubmissionsRequest request, ServerCallContext context)
    {
        var (copy, division) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), context.CancellationToken);
        SubmissionState? state = request.State is V1.SubmissionState.Unspecified ? null : Requests.Word<SubmissionState>(request.State, "state");
        var (size, after) = (RowPlace.PageSize(request.PageSize), RowPlace.After(request.PageToken).Key);
        var (standing, late) = (await QuarterTables.SubmissionsAsync(database, copy.Quarter, context.CancellationToken), await LateAsync(copy, context.CancellationToken));
        var (due, today) = (DueOn(copy.Quarter), WorkCalendar.DayOf(clock.GetUtcNow()));
        var towns = copy.TownsWithin(division).Where(t => (state is null || StateOf(t) == state) && t.Value > after).OrderBy(t => t.Value).Take(size + 1).ToList();
        var page = new V1.SubmissionPage { DueOn = Calls.Days.Written(due), NextPageToken = towns.Count > size ? new RowPlace(towns[size - 1].Value, Guid.Empty).ToString() : "" };
        page.Submissions.Add(towns.Take(size).Select(t => new V1.TownSubmission
        {
            Town = GetFigures.Shown(copy.Tree, t), State = (V1.SubmissionState)StateOf(t), SubmittedOn = Calls.Days.Written(standing.GetValueOrDefault(t).SubmittedOn),
            Overdue = standing.GetValueOrDefault(t).SubmittedOn is null && today > due, LateFacts = late.GetValueOrDefault(t),
        }));
        return page;

        SubmissionState StateOf(DivisionId town) => standing.TryGetValue(town, out var s) ? s.State : SubmissionState.Open;
    }

    public async Task<V1.ReportingRates> RatesAsync(V1.GetReportingRatesRequest request, ServerCallContext context)
    {
        var (copy, division) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), context.CancellationToken);
        var (standing, due) = (await QuarterTables.SubmissionsAsync(database, copy.Quarter, context.CancellationToken), DueOn(copy.Quarter));
        return new() { Division = Rate(division), Children = { copy.Tree.Children(division).Where(d => d.Level < DivisionLevel.Village).Select(Rate) }, DueOn = Calls.Days.Written(due) };

        V1.ReportingRate Rate(DivisionId of)
        {
            var towns = copy.TownsWithin(of);
            var submitted = towns.Select(t => standing.GetValueOrDefault(t).SubmittedOn).OfType<DateOnly>().ToList();
            var inTime = submitted.Count(on => on <= due);
            return new()
            {
                Division = GetFigures.Shown(copy.Tree, of), Expected = towns.Count, Actual = submitted.Count, OnTime = inTime,
                Rate = towns.Count == 0 ? 0 : (double)submitted.Count / towns.Count, OnTimeRate = towns.Count == 0 ? 0 : (double)inTime / towns.Count,
            };
        }
    }

    public async Task<V1.Amendments> AmendmentsAsync(V1.ListAmendmentsRequest request, ServerCallContext context)
    {
        var (copy, division) = await copies.FindAsync(request.Quarter, request.DivisionCode, context.GetAdmission(), context.CancellationToken);
        EnsureNoVillage(copy, division);
        var (within, schema, ct) = (copy.Tree.ValuesWithin(division), copy.Quarter.Schema, context.CancellationToken);
        var answer = new V1.Amendments { LateFacts = (await LateAsync(copy, ct)).Where(l => copy.Tree.IsWithin(l.Key, division)).Sum(l => l.Value) };
        var shown = GetFigures.For(context.GetCaller(), Measures.Of([], []));
        await using var command = database.CreateCommand($"""
            with later as (select unnest(measures) measure, count(*) n from {schema}.late_subject where village = any($1) group by 1),
            recorded as (select unnest(c.measures) measure, count(*) n from {schema}.late_subject l join {schema}.subject_facts c using (subject) where c.village = any($1) group by 1)
            select m.measure, coalesce(f.n, 0), coalesce(f.n, 0) + coalesce(l.n, 0) - coalesce(r.n, 0)
            from (select measure from later union select measure from recorded) m left join later l using (measure) left join recorded r using (measure)
            left join {schema}.division_figure f on f.division = $2 and f.measure = m.measure
            where coalesce(l.n, 0) <> coalesce(r.n, 0) and m.measure = any($3) order by m.measure
            """);
        foreach (var value in (object[])[within, division.Value, shown])
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            answer.Amendments_.Add(new V1.Amendment { Measure = Measures.All[reader.GetInt16(0)], Recorded = reader.GetInt64(1), Now = reader.GetInt64(2) });
        return answer;
    }

    /// <summary>Of a single village, or of whatever holds one village and nothing else, a difference of one is one child.</summary>
    internal static void EnsureNoVillage(QuarterCopy copy, DivisionId division)
    {
        if (SmallCells.IsOneVillage(copy.Tree, division))
            throw new RpcException(new(StatusCode.FailedPrecondition, "not told of single villages; ask the division above"));
    }

    private DateOnly DueOn(Quarter quarter) => working.AddWorkingDays(quarter.Last, WorkingDays);

    /// <summary>How many facts came too late for each town.</summary>
    private async Task<Dictionary<DivisionId, int>> LateAsync(QuarterCopy copy, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select town, sum(late)::int from {copy.Quarter.Schema}.late_subject group by town");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var late = new Dictionary<DivisionId, int>();
        while (await reader.ReadAsync(ct))
            late[new(reader.GetInt64(0))] = reader.GetInt32(1);
        return late;
    }
}
