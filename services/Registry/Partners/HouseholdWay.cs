using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Lists;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Partners;

/// <summary>The way in of household rows: what they are about, and who decides on each kind.</summary>
public sealed class HouseholdWay(
    HouseholdRowCheck check, RowKeysOf keys, PersonKeyTable personKeys, KeyedDigest digests, RegistryRules rules, WhatFollows follows, TimeProvider clock) : IWayIn<HouseholdRow>
{
    public RowFields Fields(HouseholdRow row) => new(row.SourceEventId, row.SourceSequence, row.OccurredAt, row.EffectiveOn);

    /// <summary>A village's list may speak of households that another source told of: its rows are ordered among themselves.</summary>
    public RowKeys? Check(PushedRow<HouseholdRow> row) =>
        check.Check(row) is { } told ? PaperSource.IsOne(row.Source) ? told with { Order = keys.Ordered(row.Source, told.Order) } : told : null;

    public IEnumerable<Guid> About(PushedRow<HouseholdRow> row)
    {
        if (RowNumbers.PersonNo(row.Row) is { } person)
            yield return keys.Person(row.Source, person);
        if (row.Row.Member is { } member && ReadMember.ValidNumber(member) is { } number)
            yield return keys.IdNumber(number);
    }

    public async Task DecideAsync(StoreWork work, IReadOnlyList<PushedRow<HouseholdRow>> rows, string? traceparent, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var now = clock.GetUtcNow();
        var set = await HouseholdSet.LoadAsync(work, rows, keys, personKeys, digests, WorkCalendar.DayOf(now), traceparent, ct);
        var members = new TakeMember(set, keys, new(set, digests, rules, check));
        foreach (var row in rows)
            switch (row.Row.RowCase)
            {
                case HouseholdRow.RowOneofCase.Household: TakeHousehold.Take(set, row, keys, check); break;
                case HouseholdRow.RowOneofCase.Member: members.Take(row); break;
                case HouseholdRow.RowOneofCase.Parent: TakeParentStatus.Take(set, row, keys); break;
                case HouseholdRow.RowOneofCase.Carer: TakeCarer.Take(set, row, keys); break;
                case HouseholdRow.RowOneofCase.DisabilityCertified: TakeNeeds.Disability(set, row, keys); break;
                case HouseholdRow.RowOneofCase.IllnessDiagnosed: TakeNeeds.Illness(set, row, keys); break;
                case HouseholdRow.RowOneofCase.AidGranted: TakeNeeds.Granted(set, row, keys); break;
                case HouseholdRow.RowOneofCase.AidEnded: TakeNeeds.Ended(set, row, keys); break;
                case HouseholdRow.RowOneofCase.GuardianshipChanged: TakeNeeds.Guardianship(set, row, keys); break;
                case HouseholdRow.RowOneofCase.Death: TakeDeath.Take(set, row, keys); break;
            }
        await set.WriteAsync(follows, now, ct);
    }
}
