using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Erasure;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>The way in of roll rows: what they are about, and how what follows is written.</summary>
public sealed class RollWay(RollRowCheck check, TakeRoll take, RollKeys keys, ReadEnrolment reading, PersonKeyTable personKeys, SealedTo registry, KeepClasses classes,
    ReceiveTransfers transfers, WatchDropouts dropouts) : IWayIn<RollRow>
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
        var ids = rows.Select(r => keys.Pupil(r.Source, TakeRoll.StudentNoOf(r.Row))).ToList();
        var pupils = await work.LoadAsync<Pupil>(ids, ct);
        var toldAgain = rows.Zip(ids).Where(r => r.First.Row.RowCase is RollRow.RowOneofCase.Enrolled && pupils[r.Second].Exists)
            .Select(r => pupils[r.Second].KeyId).ToHashSet();
        var unknown = rows.Zip(ids).Where(r => !pupils[r.Second].Exists).Select(r => reading.NumberOf(r.First.Row)).OfType<Guid>().ToHashSet();
        var erased = await ErasedNumbers.LoadAsync(work, unknown, ct);
        var held = await PupilKeys.LoadAsync(work, personKeys, toldAgain, ct);
        var (before, metas, told) = (new Dictionary<Guid, Pupil>(), new Dictionary<Guid, EventMeta>(), new List<(Pupil, Pupil, EventMeta)>());
        foreach (var (row, id) in rows.Zip(ids))
        {
            var pupil = pupils[id];
            if (take.Decide(row, pupil, IsErased(row.Row, pupil), row.Caller, (p, identity) => Seal(held, p, identity)) is not { } @event)
                continue;
            work.Append(id, @event, metas[id] = row.Meta(traceparent));
            before.TryAdd(id, pupil);
            pupils[id] = pupil.After(@event);
            told.Add((pupil, pupils[id], metas[id]));
        }
        await held.WriteAsync(work, ct);
        classes.After(work, rows[0].Source, before.Select(b => (b.Value, pupils[b.Key])));
        await transfers.FollowAsync(work, [.. before.Select(b => (b.Value, pupils[b.Key], metas[b.Key]))], ct);
        await dropouts.ToldByRollAsync(work, told, ct);

        bool IsErased(RollRow row, Pupil pupil) => pupil.Exists
            ? pupil.Erased || held.IsErased(pupil.KeyId)
            : erased.Has(reading.NumberOf(row), ReadEnrolment.BirthDateOf(row));
    }

    /// <summary>Under the pupil's own key; and to Registry, which looks for the file, or whether the match it made still stands.</summary>
    private RollIdentity Seal(PupilKeys held, Pupil pupil, ToldEnrolment told)
    {
        var key = pupil.Exists ? held.Of(pupil.KeyId) : held.New();
        return new(key.SealJson(told.Details), told.Digest, told.BlindIndex,
            registry.SealJson(new PupilIdentity(told.Details.Name, told.Details.IdNumber)));
    }
}
