using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.EducationAttendance.Imports.OneRoster;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Imports;

/// <summary>Imported marks beside their log.</summary>
internal static class ImportedTable
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.imported_mark (
            source text not null, pupil uuid not null, day uuid not null, category smallint not null, date date not null, missed numeric(4,3) not null,
            primary key (source, pupil, day, category));
        """;

    public static void Write(StoreWork work, IEnumerable<Kept> changed)
    {
        var rows = changed.OrderBy(r => r.Mark.Pupil).ThenBy(r => r.Day).ThenBy(r => r.Mark.Category).ToArray();
        if (rows.Length > 0)
            work.Beside($"""
                insert into {work.Schema}.imported_mark (source, pupil, day, category, date, missed) select * from unnest($1, $2, $3, $4, $5, $6)
                on conflict (source, pupil, day, category) do update set missed = excluded.missed
                """, Array.ConvertAll(rows, r => r.Source), Array.ConvertAll(rows, r => r.Mark.Pupil), Array.ConvertAll(rows, r => r.Day),
                Array.ConvertAll(rows, r => (short)r.Mark.Category), Array.ConvertAll(rows, r => r.Date), Array.ConvertAll(rows, r => r.Mark.Missed));
    }

    /// <summary>A mark as it is kept.</summary>
    internal sealed record Kept(string Source, Guid Day, DateOnly Date, ImportedMark Mark);
}

/// <summary>What the events of a source sum to, for the partner that pushed them.</summary>
public sealed class SumImportedAttendance(EventStore store)
{
    private const int MostAPage = 500, UnaskedAPage = 100;

    public async Task<ImportedAttendance> AnswerAsync(SumImportedAttendanceRequest request, ServerCallContext context)
    {
        context.RequireSource(request.Source);
        var (size, after) = (RowPlace.PageSize(request.PageSize, MostAPage, UnaskedAPage), request.PageToken.Length == 0 ? Guid.Empty : Requests.Id(request.PageToken, "page_token"));
        await using var command = store.Database.CreateCommand($"""
            select pupil, count(*) filter (where category = 3)::int, count(*) filter (where category = 2)::int, count(*) filter (where category = 4)::int,
                count(*) filter (where category = 5)::int, sum(missed)
            from {store.Schema}.imported_mark where source = $1 and pupil > $2 group by pupil having count(*) filter (where category = 3) >= $3 order by pupil limit $4
            """);
        command.Parameters.AddRange((Npgsql.NpgsqlParameter[])[new() { Value = request.Source }, new() { Value = after }, new() { Value = (long)request.UnexcusedAtLeast }, new() { Value = size + 1 }]);
        var answer = new ImportedAttendance();
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Pupils.Count == size)
            {
                answer.NextPageToken = answer.Pupils[^1].PupilId;
                break;
            }
            answer.Pupils.Add(new ImportedPupil
            {
                PupilId = reader.GetGuid(0).ToString(), Unexcused = reader.GetInt32(1), Excused = reader.GetInt32(2), Tardy = reader.GetInt32(3), Partial = reader.GetInt32(4),
                Missed = reader.GetDecimal(5).ToString("0.###", CultureInfo.InvariantCulture),
            });
        }
        return answer;
    }
}

/// <summary>The rpcs of imports.</summary>
public sealed class ImportsService(WayIn<EdFiRow> way, SumImportedAttendance sum, ImportOneRoster roster) : Protos.Education.V1.Imports.ImportsBase
{
    public override Task PushEdFiAttendance(IAsyncStreamReader<EdFiBatch> requestStream, IServerStreamWriter<BatchVerdicts> responseStream, ServerCallContext context) =>
        way.ServeAsync(requestStream, responseStream, b => b.BatchId, b => b.Rows, context);

    public override Task ImportOneRoster(IAsyncStreamReader<OneRosterPart> requestStream, IServerStreamWriter<OneRosterAnswer> responseStream, ServerCallContext context) =>
        roster.ServeAsync(requestStream, responseStream, context);

    public override Task<ImportedAttendance> SumImportedAttendance(SumImportedAttendanceRequest request, ServerCallContext context) => sum.AnswerAsync(request, context);
}
