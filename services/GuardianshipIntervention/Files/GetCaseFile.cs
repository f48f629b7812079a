using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Documents;
using LeftBehind.EventLog;
using LeftBehind.GuardianshipIntervention.Cases;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.ReadLog;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Files;

/// <summary>
/// The case file (案卷) for a court or an audit: what happened in order, evidence with its descriptions, clocks, documents; as data, as one text and
/// as PDF. Who read it and for what is recorded before anything is answered (未成年人网络保护条例 §36).
/// </summary>
public sealed class GetCaseFile(EventStore store, DivisionTree tree, WorkCalendar calendar, PersonKeyTable personKeys, PrintDocument print, TimeProvider clock)
{
    public async Task<V1.CaseFile> AnswerAsync(V1.GetCaseFileRequest request, ServerCallContext context)
    {
        var (id, caller, ct) = (Requests.Id(request.CaseId, "case_id"), context.GetCaller(), context.CancellationToken);
        var purpose = PersonalReads.Purpose(request.Purpose);
        var content = await store.RunAsync(async work =>
        {
            var found = (await work.LoadAsync<InterventionCase>([id], ct))[id];
            context.Require(found);
            PersonalReads.Record(work, caller, "case-file", purpose, new ReadOf(found.Of!.Division, id, found.Of.Child));
            var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [.. found.Evidence.Select(e => e.Description).OfType<Sealed>().Select(d => d.KeyId)], ct);
            return new CaseFileContent(found, PlaceOf(found), [.. CaseClocks.Of(found, calendar)], Descriptions(found, keys), clock.GetUtcNow());
        }, ct);
        return Of(content);
    }

    private static Dictionary<Guid, string> Descriptions(InterventionCase found, Dictionary<Guid, PersonKey> keys)
    {
        var texts = new Dictionary<Guid, string>();
        foreach (var item in found.Evidence)
            if (item.Description is { } text && keys.TryGetValue(text.KeyId, out var key) && key.TryUnsealJson<string>(text, out var plain))
                texts[item.Request] = plain;
        return texts;
    }

    private string PlaceOf(InterventionCase found)
    {
        var place = found.Of!.Division;
        var names = tree.Path(place).Where(d => tree.Level(d) >= DivisionLevel.County && !tree.IsVirtual(d)).Select(tree.Name);
        return $"{string.Concat(names)}（{tree.Code(place)}）";
    }

    private V1.CaseFile Of(CaseFileContent content)
    {
        var text = CaseFileText.Of(content);
        return new()
        {
            Case = CaseAnswer.Of(content.Case, tree), WrittenAt = Requests.Written(content.At),
            Entries = { CaseEntries.Of(content.Case, item => content.Descriptions.GetValueOrDefault(item.Request, "")) },
            Clocks =
            {
                from time in content.Clocks
                select new V1.CaseClock
                {
                    Kind = time.Kind, StartedAt = Requests.Written(time.StartedAt), DueAt = Requests.Written(time.DueAt), EndedAt = Requests.Written(time.EndedAt),
                    Late = time.IsLate(content.At), Basis = time.Basis.ToString(), Citation = time.Citation,
                },
            },
            Text = text, Pdf = print.Print(text, content.At) is { } pdf ? ByteString.CopyFrom(pdf) : ByteString.Empty,
        };
    }
}
