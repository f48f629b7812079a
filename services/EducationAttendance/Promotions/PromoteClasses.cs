using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Classes;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pairings;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EducationAttendance.Reconciliation;
using LeftBehind.EventLog;
using LeftBehind.Protos.Education.V1;

namespace LeftBehind.EducationAttendance.Promotions;

/// <summary>One command for a class or a school: each of its pupils is decided on as it stands, all in one transaction, so that a class that goes up makes room for the next.</summary>
public sealed class PromoteClasses(EventStore store, DivisionTree tree, RollKeys keys, KeepClasses classes, WatchDropouts dropouts, CompareWithRegistry compare, FollowPaired pairings, TimeProvider clock)
{
    private const int LongestNumber = 64, MostPupils = 5000, MostClasses = 500;

    public Task<Promotion> AnswerAsync(PromoteClassesRequest request, ServerCallContext context)
    {
        var (now, ct) = (clock.GetUtcNow(), context.CancellationToken);
        var division = Requests.Division(tree, request.DivisionCode, now);
        var school = Texts.Readable(request.SchoolNo, "school_no", 1, LongestNumber);
        var turn = SchoolTurn.Of(WorkCalendar.DayOf(now));
        if (request.SchoolYear != turn.Year)
            throw Requests.Invalid($"school_year: {turn.Year}, the one that runs");
        var renamed = Renamed(request);
        context.Require(division, PupilReach.OwnSchool(context.GetCaller(), school));
        var id = CallMeta.StreamOf("promotion", context.GetCaller().Subject, Requests.Id(request.RequestId, "request_id"));
        var asked = SHA256.HashData(request.ToByteArray());
        return store.RunAsync(async work =>
        {
            if (await PromotionTable.ReadAsync(work, id, ct) is { } before)
                return before.Asked.AsSpan().SequenceEqual(asked) ? before.Answer : throw new RejectedException("request_id: was used for other classes");
            var found = await PromotionTable.ClassesAsync(work, school, tree.ValuesWithin(division!.Value), ct);
            var meant = found.Where(c => renamed.Count == 0 || renamed.ContainsKey(c.Class.No)).ToDictionary(c => c.Class.Id);
            if (meant.Count == 0 || renamed.Keys.Any(no => meant.Values.All(c => c.Class.No != no)))
                throw ScopeGuard.NotFound();
            var answer = await TurnAsync(work, turn, meant, renamed, context.Meta(now) with { EffectiveOn = turn.On }, ct);
            PromotionTable.Write(work, id, asked, answer);
            return answer;
        }, ct);
    }

    private async Task<Promotion> TurnAsync(
        StoreWork work, SchoolTurn turn, Dictionary<Guid, (SchoolClass Class, string Source)> meant, Dictionary<string, string> renamed, EventMeta meta, CancellationToken ct)
    {
        var ids = await PromotionTable.PupilsAsync(work, [.. meant.Keys], MostPupils + 1, ct);
        if (ids.Count > MostPupils)
            throw new RejectedException($"over {MostPupils} pupils: promote class by class");
        var (told, turned) = (new List<(string Source, Pupil Before, Pupil After)>(), new int[Enum.GetValues<Turned>().Length]);
        foreach (var pupil in (await work.LoadAsync<Pupil>(ids, ct)).Values.Where(p => p.Class is not null && meant.ContainsKey(p.Class.Id)))
        {
            var (of, source) = meant[pupil.Class!.Id];
            var number = renamed.GetValueOrDefault(of.No) is { Length: > 0 } to ? to : of.No;
            var (became, @event) = Promote.Decide(pupil, turn, new(keys.Class(source, of.SchoolNo, number), number, null));
            turned[(int)became]++;
            if (@event is null)
                continue;
            work.Append(pupil.Id, @event, meta);
            told.Add((source, pupil, pupil.After(@event)));
        }
        foreach (var ofSource in told.GroupBy(t => t.Source))
            classes.After(work, ofSource.Key, [.. ofSource.Select(t => (t.Before, t.After))]);
        await dropouts.ToldByRollAsync(work, [.. told.Select(t => (t.Before, t.After, meta))], ct);
        await compare.ToldAsync(work, [.. told.Select(t => (t.After, meta))], ct);
        await pairings.ToldAsync(work, [.. told.Select(t => (t.After, meta))], ct);
        return new()
        {
            Promoted = turned[(int)Turned.Promoted], Graduated = turned[(int)Turned.Graduated], Already = turned[(int)Turned.Already],
            Stayed = turned[(int)Turned.Stayed], Unknown = turned[(int)Turned.Unknown],
        };
    }

    /// <summary>By the class's number up to now, its number from then on, or empty.</summary>
    private static Dictionary<string, string> Renamed(PromoteClassesRequest request)
    {
        if (request.Classes.Count > MostClasses)
            throw Requests.Invalid($"classes: at most {MostClasses}");
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Classes.Count; i++)
            if (!renamed.TryAdd(Texts.Readable(request.Classes[i].ClassNo, $"classes[{i}].class_no", 1, LongestNumber),
                Texts.Readable(request.Classes[i].ToClassNo, $"classes[{i}].to_class_no", 0, LongestNumber)))
                throw Requests.Invalid($"classes[{i}].class_no: named twice");
        return renamed;
    }
}

/// <summary>The rpc of promotion.</summary>
public sealed class PromotionsService(PromoteClasses promote) : Protos.Education.V1.Promotions.PromotionsBase
{
    public override Task<Promotion> PromoteClasses(PromoteClassesRequest request, ServerCallContext context) => promote.AnswerAsync(request, context);
}
