using System.Text;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Imports.OneRoster;

/// <summary>
/// Takes an upload: its pupils go the way of the roll's rows, with a verdict, a receipt and a place in the ledger each. A line's id is made of its
/// sourcedId, when it was modified and a keyed digest of what it tells, so the same upload again changes nothing.
/// </summary>
public sealed class ImportOneRoster(WayIn<RollRow> way, KeyedDigest digests, TimeProvider clock)
{
    private const int IdBytes = 16;

    public async Task ServeAsync(IAsyncStreamReader<OneRosterPart> parts, IServerStreamWriter<OneRosterAnswer> answers, ServerCallContext context)
    {
        var (caller, ct) = (context.GetCaller(), context.CancellationToken);
        var (exportedAt, zip) = await ReceiveAsync(parts, ct);
        ReadPupils pupils;
        try
        {
            pupils = new(Roster.Read(zip), exportedAt, WorkCalendar.DayOf(clock.GetUtcNow()));
        }
        catch (RefusedRosterException e)
        {
            await answers.WriteAsync(new() { Faults = { e.Faults.Select(f => new OneRosterFault { File = f.File, Row = f.Row, Field = f.Field, Reason = f.Reason }) } }, ct);
            return;
        }
        foreach (var rows in pupils.Rows().Chunk(WayIn<RollRow>.MostRows))
        {
            var taken = await way.TakeAsync("", [.. rows.Select(Sent)], caller, ct);
            await answers.WriteAsync(new() { Rows = { rows.Zip(taken.Rows, (row, verdict) => new OneRosterVerdict { File = row.File, Row = row.Line, Field = RosterRow.ColumnOf(verdict.Field), Verdict = verdict }) } }, ct);
        }
        await answers.WriteAsync(new() { Complete = true, Others = pupils.Others }, ct);
    }

    private static async Task<(DateTimeOffset? ExportedAt, byte[] Zip)> ReceiveAsync(IAsyncStreamReader<OneRosterPart> parts, CancellationToken ct)
    {
        DateTimeOffset? exportedAt = null;
        using var zip = new MemoryStream();
        while (await parts.MoveNext(ct))
        {
            if (parts.Current.ExportedAt.Length > 0)
                exportedAt = Requests.Time(parts.Current.ExportedAt, "exported_at");
            if (zip.Length + parts.Current.Content.Length > RosterFiles.MostPacked)
                throw Requests.Invalid($"content: at most {RosterFiles.MostPacked / 1024 / 1024} MB");
            zip.Write(parts.Current.Content.Span);
        }
        return (exportedAt, zip.ToArray());
    }

    private SentRow<RollRow> Sent(RosterRow line)
    {
        var content = line.Row?.ToByteArray() ?? Encoding.UTF8.GetBytes($"{line.File}\n{line.Line}\n{line.Field}\n{line.Reason}");
        byte[] all = [.. Encoding.UTF8.GetBytes($"{(line.Row is null ? "fault" : "row")}\n{line.SourcedId}\n{line.LastModified}\n"), .. content];
        // In letters: digits in a row could be taken for somebody's number.
        var id = "oneroster." + string.Concat(digests.Of(all)[..IdBytes].SelectMany(b => (char[])[(char)('a' + (b >> 4)), (char)('a' + (b & 15))]));
        if (line.Row is not { } row)
            return SentRow.Unreadable<RollRow>(id, all, new(line.Field, line.Reason));
        row.SourceEventId = id;
        return SentRow.Read(row);
    }
}
