using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.Intake;

/// <summary>What became of rows, one by one and counted. A partner asks of its own source only.</summary>
public sealed class Receipts(EventStore store, Beyond beyond, TimeProvider clock)
{
    private const int DaysUnasked = 31;

    /// <summary>The receipt of one row; NOT_FOUND when it was never received, or is another partner's.</summary>
    public async Task<Receipt> GetAsync(GetReceiptRequest request, ServerCallContext context)
    {
        context.RequireSource(request.Source);
        // No stored id holds a control character, and the database refuses some of them.
        if (request.Source.Concat(request.SourceEventId).Any(char.IsControl))
            throw ScopeGuard.NotFound();
        await using var command = store.Database.CreateCommand($"""
            select event_id, received_on, verdict, field, reason, waiting_for, subject
            from {store.Schema}.inbox where source = $1 and event_id = $2
            """);
        command.Parameters.Add(new() { Value = request.Source });
        command.Parameters.Add(new() { Value = request.SourceEventId });
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        if (!await reader.ReadAsync(context.CancellationToken))
            throw ScopeGuard.NotFound();
        var receipt = new Receipt { Source = request.Source, ReceivedOn = Text(reader.GetFieldValue<DateOnly>(1)), Verdict = InboxTable.VerdictOf(reader, 0, 2) };
        if (receipt.Verdict.Verdict is Verdict.Applied)
            await beyond.AskAsync(receipt, context.CancellationToken);
        return receipt;
    }

    /// <summary>The ledger of one source by day.</summary>
    public async Task<ReceiptCounts> CountAsync(CountReceiptsRequest request, ServerCallContext context)
    {
        context.RequireSource(request.Source);
        var today = WorkCalendar.DayOf(clock.GetUtcNow());
        var (from, to) = (Day("from", request.From, today.AddDays(1 - DaysUnasked)), Day("to", request.To, today));
        await using var command = store.Database.CreateCommand(
            $"select day, verdict, n from {store.Schema}.receipt_count where source = $1 and day between $2 and $3 order by day");
        command.Parameters.Add(new() { Value = request.Source });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        var days = new SortedDictionary<DateOnly, DayCounts>();
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        while (await reader.ReadAsync(context.CancellationToken))
        {
            var date = reader.GetFieldValue<DateOnly>(0);
            if (!days.TryGetValue(date, out var day))
                days[date] = day = new() { Day = Text(date) };
            Add(day, (Verdict)reader.GetInt16(1), reader.GetInt64(2));
        }
        return new() { Days = { days.Values } };
    }

    private static void Add(DayCounts day, Verdict verdict, long n)
    {
        day.Received += n;
        switch (verdict)
        {
            case Verdict.Applied: day.Applied += n; break;
            case Verdict.Unchanged: day.Unchanged += n; break;
            case Verdict.Superseded: day.Superseded += n; break;
            case Verdict.Waiting: day.Waiting += n; break;
            case Verdict.Rejected: day.Rejected += n; break;
        }
    }

    private static DateOnly Day(string field, string text, DateOnly otherwise) =>
        text.Length == 0 ? otherwise
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new RpcException(new(StatusCode.InvalidArgument, $"{field}: not a date as yyyy-MM-dd"));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
