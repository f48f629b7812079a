using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Attendance;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>The way in of roll rows: what they are about, and how what follows is written.</summary>
public sealed class RollWay(RollRowCheck check, TakeRoll take, TakeNumber number, RollKeys keys, ReadEnrolment reading, PersonKeyTable personKeys, SealedTo registry, KeepClasses classes,
    ReceiveTransfers transfers, WatchDropouts dropouts, CompareWithRegistry compare, FollowPaired pairings) : IWayIn<RollRow>
{
    public RowFields Fields(RollRow row) => new(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn);

    public RowKeys? Check(PushedRow<RollRow> row) => check.Check(row);

    public IEnumerable<Guid> About(PushedRow<RollRow> row)
    {
        yield return keys.Pupil(row.Source, TakeRoll.StudentNoOf(row.Row));
        if (reading.NumberOf(row.Row) is { } number)
            yield return number;
    }

    public async Task DecideAsync(StoreWork work, IReadOnlyList<PushedRow<RollRow>> rows, string? traceparent, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var numbers = await PupilNumbers.LoadAsync(work, rows.SelectMany(NumbersIn), ct);
        var pupils = await work.LoadAsync<Pupil>(rows.SelectMany(NumbersIn).Concat(numbers.Pupils).Distinct(), ct);
        var order = await OrderAsync(work, rows, numbers, ct);
        var toldAgain = rows.Where(r => r.Row.RowCase is RollRow.RowOneofCase.Enrolled or RollRow.RowOneofCase.NumberAssigned).SelectMany(NumbersIn)
            .Select(n => pupils[numbers.Of(n)]).Where(p => p.Exists).Select(p => p.KeyId).ToHashSet();
        var unknown = rows.Where(r => !pupils[PupilOf(r)].Exists).Select(r => reading.NumberOf(r.Row)).OfType<Guid>().ToHashSet();
        var erased = await ErasedNumbers.LoadAsync(work, unknown, ct);
        var held = await PupilKeys.LoadAsync(work, personKeys, toldAgain, ct);
        var (before, metas, told) = (new Dictionary<Guid, Pupil>(), new Dictionary<Guid, EventMeta>(), new List<(Pupil, Pupil, EventMeta)>());
        foreach (var row in rows)
        {
            var pupil = pupils[PupilOf(row)];
            if (order.IsLate(row, numbers.NumbersOf(pupil.Id).Select(keys.Ordered)))
                continue;
            var decided = row.Row.RowCase is RollRow.RowOneofCase.NumberAssigned
                ? Renumber(row, pupil)
                : take.Decide(row, pupil, IsErased(row.Row, pupil), row.Caller, (p, identity) => Seal(held, p, identity));
            order.Took(row);
            if (decided is not { } @event)
                continue;
            work.Append(pupil.Id, @event, metas[pupil.Id] = row.Meta(traceparent));
            before.TryAdd(pupil.Id, pupil);
            pupils[pupil.Id] = pupil.After(@event);
            told.Add((pupil, pupils[pupil.Id], metas[pupil.Id]));
        }
        await held.WriteAsync(work, ct);
        classes.After(work, rows[0].Source, [.. before.Select(b => (b.Value, pupils[b.Key]))]);
        await transfers.FollowAsync(work, [.. before.Select(b => (b.Value, pupils[b.Key], metas[b.Key]))], ct);
        await dropouts.ToldByRollAsync(work, told, ct);
        (Pupil, EventMeta)[] changed = [.. before.Keys.Select(id => (pupils[id], metas[id]))];
        await compare.ToldAsync(work, changed, ct);
        await pairings.ToldAsync(work, changed, ct);

        Guid PupilOf(PushedRow<RollRow> row) => numbers.Of(keys.Pupil(row.Source, TakeRoll.StudentNoOf(row.Row)));

        IPupilEvent? Renumber(PushedRow<RollRow> row, Pupil pupil)
        {
            var lasting = keys.Pupil(row.Source, TakeNumber.NumberOf(row.Row));
            var known = pupil is { Exists: true, Details: { } details } && held.Of(pupil.KeyId).TryUnsealJson<PupilDetails>(details, out var read) ? read : null;
            var taken = number.Decide(row, pupil, pupils[numbers.Of(lasting)], IsErased(row.Row, pupil), known, row.Caller, (p, identity) => Seal(held, p, identity));
            if (taken.Means is { } means)
            {
                numbers.Mean(work, means.Number, means.Pupil);
                // Whatever waits for either number finds its pupil now.
                row.Brings(lasting);
                WakeAttendance.For(work, [lasting, pupil.Id]);
            }
            return taken.Event;
        }

        bool IsErased(RollRow row, Pupil pupil) => pupil.Exists
            ? pupil.Erased || held.IsErased(pupil.KeyId)
            : erased.Has(reading.NumberOf(row), ReadEnrolment.BirthDateOf(row));
    }

    /// <summary>The ids that a row's numbers are made into.</summary>
    private IEnumerable<Guid> NumbersIn(PushedRow<RollRow> row)
    {
        yield return keys.Pupil(row.Source, TakeRoll.StudentNoOf(row.Row));
        if (row.Row.RowCase is RollRow.RowOneofCase.NumberAssigned)
            yield return keys.Pupil(row.Source, TakeNumber.NumberOf(row.Row));
    }

    /// <summary>Rows under two numbers of one pupil are ordered together; asked only where there is such a pupil.</summary>
    private async Task<OrderAcross<RollRow>> OrderAsync(StoreWork work, IReadOnlyList<PushedRow<RollRow>> rows, PupilNumbers numbers, CancellationToken ct) => numbers.IsEmpty
        ? new([])
        : new(await SourceOrder.LatestAsync(work, rows.SelectMany(NumbersIn).Select(numbers.Of).SelectMany(numbers.NumbersOf).Select(keys.Ordered), ct));

    /// <summary>Under the pupil's own key; and to Registry, which looks for the file, or whether the match it made still stands.</summary>
    private RollIdentity Seal(PupilKeys held, Pupil pupil, ToldEnrolment told)
    {
        var key = pupil.Exists ? held.Of(pupil.KeyId) : held.New();
        return new(key.SealJson(told.Details), told.Digest, told.BlindIndex,
            registry.SealJson(new PupilIdentity(told.Details.Name, told.Details.IdNumber)));
    }
}
