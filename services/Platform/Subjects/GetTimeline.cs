using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Protos.Platform.V1;
using Marten;
using Npgsql;

namespace LeftBehind.Platform.Subjects;

/// <summary>What happened to one subject, across services, from Platform's own log; each entry only to those who may read its field group.</summary>
public sealed class GetTimeline(NpgsqlDataSource database, IDocumentStore marten)
{
    public async Task<Timeline> AnswerAsync(GetTimelineRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.SubjectId, out var subject))
            throw new RpcException(new(StatusCode.InvalidArgument, "subject_id: not a UUID"));
        context.Require(await VillageAsync(subject, context.CancellationToken));
        var caller = context.GetCaller();
        await using var session = marten.QuerySession();
        var events = await session.Events.FetchStreamAsync(subject, token: context.CancellationToken);
        return new()
        {
            Entries = { events.Select(e => FactWords.Shown(e.Data, EventMeta.Of(e), caller)).OfType<TimelineEntry>() },
        };
    }

    private async Task<DivisionId?> VillageAsync(Guid subject, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select village from {PlatformModule.Schema}.subject_facts where subject = $1 and {Shielding.Unshielded}");
        command.Parameters.Add(new() { Value = subject });
        return await command.ExecuteScalarAsync(ct) is long village ? new DivisionId(village) : null;
    }
}
