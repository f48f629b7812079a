using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Protos.Platform.V1;
using Npgsql;

namespace LeftBehind.Platform.Subjects;

/// <summary>
/// The subjects behind a figure, page by page in the order (village, subject). The cube says which divisions hold any, so a
/// page costs what it returns and not what the division holds. Duties are listed of those services alone whose fields the
/// caller reads.
/// </summary>
public sealed class ListSubjects(NpgsqlDataSource database, DivisionTree tree, TimeProvider clock)
{
    private const int MostAPage = 500;
    private const int UnaskedAPage = 100;

    /// <summary>Told by the measure and the caller alone, whoever is behind it.</summary>
    internal const string NoRight = "This department, role or level has no right to who is behind this measure.";

    public async Task<Protos.Platform.V1.Subjects> AnswerAsync(ListSubjectsRequest request, ServerCallContext context)
    {
        var id = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(id);
        var measure = Measures.Find(request.Measure) ?? throw Requests.Invalid("measure: unknown");
        if (!Measures.Told(measure).All(context.GetCaller().Reads))
            throw new RpcException(new(StatusCode.PermissionDenied, NoRight));
        var (size, after) = (RowPlace.PageSize(request.PageSize, MostAPage, UnaskedAPage), RowPlace.After(request.PageToken));
        await using var connection = await database.OpenConnectionAsync(context.CancellationToken);
        var divisions = await DivisionsAsync(connection, id!.Value, measure, after.Key, context.CancellationToken);
        var answer = new Protos.Platform.V1.Subjects();
        await using var command = new NpgsqlCommand($"""
            select village, subject, kind from {PlatformModule.Schema}.subject_facts
            where village = any($1) and (village, subject) > ($2, $3) and $4 = any(measures) and (kind <> $6 or facts->>'source' = any($7)) and {Shielding.Unshielded}
            order by village, subject limit $5
            """, connection);
        command.Parameters.Add(new() { Value = divisions });
        command.Parameters.Add(new() { Value = after.Key });
        command.Parameters.Add(new() { Value = after.Id });
        command.Parameters.Add(new() { Value = measure });
        command.Parameters.Add(new() { Value = size + 1 });
        command.Parameters.Add(new() { Value = (short)SubjectKind.Obligation });
        command.Parameters.Add(new() { Value = ServiceFields.ReadBy(context.GetCaller()) });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var last = after;
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Subjects_.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = new(reader.GetInt64(0), reader.GetGuid(1));
            answer.Subjects_.Add(new Subject
            {
                SubjectId = last.Id.ToString(), Kind = ((SubjectKind)reader.GetInt16(2)).ToString().ToLowerInvariant(),
                DivisionCode = tree.Code(new(last.Key)).ToString(),
            });
        }
        return answer;
    }

    /// <summary>
    /// The division and those below it that count any, from the page's place on: villages, and for duties also whoever above a
    /// village owes one.
    /// </summary>
    private async Task<long[]> DivisionsAsync(NpgsqlConnection connection, DivisionId division, short measure, long from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select division from {PlatformModule.Schema}.division_figure where division = any($1) and measure = $2 and n <> 0", connection);
        command.Parameters.Add(new() { Value = tree.ValuesWithin(division).Where(d => d >= from).ToArray() });
        command.Parameters.Add(new() { Value = measure });
        var divisions = new List<long>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            divisions.Add(reader.GetInt64(0));
        return [.. divisions];
    }
}
