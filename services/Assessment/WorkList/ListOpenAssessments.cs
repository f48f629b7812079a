using System.Buffers.Binary;
using System.Buffers.Text;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using Npgsql;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.WorkList;

/// <summary>What a division still has to assess, page by page, due first.</summary>
public sealed class ListOpenAssessments(EventStore store, DivisionTree tree, TimeProvider clock)
{
    private const int MostAPage = 200;
    private const int UnaskedAPage = 50;

    public async Task<V1.OpenAssessments> AnswerAsync(V1.ListOpenAssessmentsRequest request, ServerCallContext context)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        context.Require(division);
        if (request.PageSize is < 0 or > MostAPage)
            throw Requests.Invalid($"page_size: 0 to {MostAPage}");
        var size = request.PageSize == 0 ? UnaskedAPage : request.PageSize;
        var after = Place.Read(request.PageToken) ?? throw Requests.Invalid("page_token: not one of this list");
        await using var command = store.Database.CreateCommand($"""
            select due_at, assessment, child, division, urgency from {store.Schema}.open_assessment
            where division = any($1) and (due_at, assessment) > ($2, $3) order by due_at, assessment limit $4
            """);
        command.Parameters.Add(new() { Value = Below(division!.Value) });
        command.Parameters.Add(new() { Value = after.DueAt });
        command.Parameters.Add(new() { Value = after.Assessment });
        command.Parameters.Add(new() { Value = size + 1 });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        var (answer, last) = (new V1.OpenAssessments(), after);
        while (await reader.ReadAsync(context.CancellationToken))
        {
            if (answer.Assessments.Count == size)
            {
                answer.NextPageToken = last.ToString();
                break;
            }
            last = new(reader.GetFieldValue<DateTime>(0), reader.GetGuid(1));
            answer.Assessments.Add(Row(reader, last));
        }
        return answer;
    }

    private V1.OpenAssessment Row(NpgsqlDataReader reader, Place place) => new()
    {
        AssessmentId = place.Assessment.ToString(), ChildId = reader.IsDBNull(2) ? "" : reader.GetGuid(2).ToString(),
        DivisionCode = tree.Code(new(reader.GetInt64(3))).ToString(), Urgency = reader.GetString(4), DueAt = Requests.Written(place.DueAt),
    };

    /// <summary>The division and all below it, by today's tree.</summary>
    private long[] Below(DivisionId division)
    {
        var index = tree.IndexOf(division);
        return [.. Enumerable.Range(index, tree.SubtreeEnd(index) - index).Select(i => tree.IdAt(i).Value)];
    }

    /// <summary>The row after which a page begins.</summary>
    private readonly record struct Place(DateTime DueAt, Guid Assessment)
    {
        public static Place? Read(string text)
        {
            if (text.Length == 0)
                return new(DateTime.UnixEpoch, Guid.Empty);
            Span<byte> bytes = stackalloc byte[24];
            return text.Length == 32 && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == 24
                && BinaryPrimitives.ReadInt64LittleEndian(bytes) is >= 0 and <= 3155378975999999999 and var ticks
                ? new(new DateTime(ticks, DateTimeKind.Utc), new(bytes[8..]))
                : null;
        }

        public override string ToString()
        {
            Span<byte> bytes = stackalloc byte[24];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, DueAt.Ticks);
            Assessment.TryWriteBytes(bytes[8..]);
            return Base64Url.EncodeToString(bytes);
        }
    }
}
