using Google.Protobuf;
using LeftBehind.Divisions;
using LeftBehind.Population.Phases;
using LeftBehind.Population.Recounting;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.Tests;

/// <summary>A naive receiver of household batches: what it answers must be what the plan expects.</summary>
internal sealed class Arrivals(DivisionTree tree, DateOnly today)
{
    private readonly RowRules _rules = new(tree, today);
    private readonly Dictionary<string, (ByteString Content, Verdict Verdict)> _ids = [];
    private readonly Dictionary<string, (long Sequence, ByteString Content)> _things = [];
    private readonly Dictionary<string, bool> _persons = [];
    private readonly List<HouseholdRow> _waiting = [];

    /// <summary>Verdicts in the ledger's words, once everything came.</summary>
    public VerdictCounts Ledger => VerdictCounts.Of(_ids.Values.Select(v => v.Verdict), 0);

    public List<(Verdict Verdict, bool Repeated)> Take(IReadOnlyList<HouseholdRow> batch)
    {
        var fresh = new List<HouseholdRow>();
        var repeated = new List<bool>();
        foreach (var row in batch)
        {
            repeated.Add(!_ids.TryAdd(Id(row), (row.ToByteString(), Verdict.Unspecified)));
            if (!repeated[^1])
                fresh.Add(row);
        }
        foreach (var row in fresh.OrderBy(r => r.Household is not null ? 0 : r.Member is not null ? 1 : 2))
            Settle(row);
        foreach (var row in _waiting.OrderBy(r => r.Household is not null ? 0 : r.Member is not null ? 1 : 2).ThenBy(r => r.SourceSequence).ToList())
            Settle(row);
        return [.. batch.Zip(repeated, Answer)];
    }

    private (Verdict, bool) Answer(HouseholdRow row, bool repeated)
    {
        var (content, verdict) = _ids[Id(row)];
        return content.Equals(row.ToByteString()) ? (verdict, repeated) : (Verdict.Rejected, false);
    }

    private static string Id(HouseholdRow row) => row.SourceEventId.Length > 0 ? row.SourceEventId : row.ToByteString().ToBase64();

    private void Settle(HouseholdRow row)
    {
        var verdict = Judge(row);
        _waiting.Remove(row);
        if (verdict is Verdict.Waiting)
            _waiting.Add(row);
        _ids[Id(row)] = (_ids[Id(row)].Content, verdict);
    }

    private Verdict Judge(HouseholdRow row)
    {
        if (!_rules.CanBeTaken(row))
            return Verdict.Rejected;
        var person = row.Parent?.PersonNo ?? row.Carer?.PersonNo;
        if (row.Member is { } m && !_things.ContainsKey("household " + m.HouseholdNo))
            return Verdict.Waiting;
        if (person is not null && !_persons.ContainsKey(person))
            return Verdict.Waiting;
        if (person is not null && !_persons[person])
            return Verdict.Rejected;
        var (thing, content) = row.RowCase switch
        {
            HouseholdRow.RowOneofCase.Household => ("household " + row.Household.HouseholdNo, row.Household.ToByteString()),
            HouseholdRow.RowOneofCase.Member => ("member " + row.Member.PersonNo, row.Member.ToByteString()),
            HouseholdRow.RowOneofCase.Parent => ($"{row.Parent!.Parent} {person}", row.Parent!.ToByteString()),
            _ => ("carer " + person, row.Carer!.ToByteString()),
        };
        var known = _things.TryGetValue(thing, out var before);
        if (known && row.SourceSequence < before.Sequence)
            return Verdict.Superseded;
        if (!known && row.Household is { } h && !h.ResidenceCode.StartsWith(Shipped.County, StringComparison.Ordinal))
            return Verdict.Rejected;
        if (row.Member is { } member)
            _persons[member.PersonNo] = _persons.GetValueOrDefault(member.PersonNo) || IsChild(member);
        _things[thing] = (row.SourceSequence, content);
        return known && before.Content.Equals(content) ? Verdict.Unchanged : Verdict.Applied;
    }

    private bool IsChild(Member member) => (RowRules.Day(member.BirthDate) ?? IdNumber.BirthDate(member.IdNumber)) is not { } born || Counting.Age(born, today) < 18;
}
