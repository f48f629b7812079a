using System.Text.Json;
using Grpc.Core;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Platform.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Protos.Platform.V1;
using Npgsql;

namespace LeftBehind.Platform.Operations;

/// <summary>
/// Tells whether the figures are true: recounts every counter from the facts, in one snapshot, and compares each subject's
/// version with the store of the service that told it.
/// </summary>
public sealed class Reconcile(NpgsqlDataSource database, CountedTree trees, Func<string, Source.SourceClient> clientOf, IReadOnlyList<string> sources)
{
    private const int MostSamples = 20;

    public async Task<Reconciliation> AnswerAsync(CancellationToken ct)
    {
        var answer = new Reconciliation();
        var versions = new Dictionary<(string Source, Guid Subject), long>();
        await CompareFiguresAsync(answer, versions, ct);
        foreach (var source in sources)
            answer.Sources.Add(await CompareSourceAsync(source, versions, answer, ct));
        return answer;
    }

    private async Task CompareFiguresAsync(Reconciliation answer, Dictionary<(string, Guid), long> versions, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var snapshot = await FigureSnapshot.BeginAsync(connection, ct);
        var (day, changes) = await DayAsync(connection, ct);
        var tree = await trees.AfterAsync(connection, changes, ct);
        var counted = new Dictionary<(long Division, short Measure), long>();
        await using (var command = new NpgsqlCommand($"select subject, facts::text from {PlatformModule.Schema}.subject_facts", connection, snapshot))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                var facts = JsonSerializer.Deserialize<SubjectFacts>(reader.GetString(1), EventTypes.Json)!;
                if (facts.Village is { } village)
                    foreach (var division in tree.Path(village))
                        foreach (var measure in Cells.Of(facts, day))
                            counted[(division.Value, measure)] = counted.GetValueOrDefault((division.Value, measure)) + 1;
                if (facts is { Kind: SubjectKind.Child, Care: { } care })
                    versions[("registry", care.Facts.CareId)] = care.Version;
                // A child's screenings are a stream of their own behind the child.
                if (facts.Screening is { } screening)
                    versions[("registry", screening.Facts.ScreeningId)] = screening.Version;
                // So is a pupil's dropout case.
                if (facts.Dropout is { } dropout)
                    versions[("education", dropout.Facts.CaseId)] = dropout.Version;
                if (facts is { Kind: SubjectKind.ReconciliationCase, Reconciliation: { } difference })
                    versions[("education", reader.GetGuid(0))] = difference.Version;
                if (facts is { Kind: SubjectKind.Pairing, Pairing: { } pairing })
                    versions[("education", reader.GetGuid(0))] = pairing.Version;
                if (facts is { Kind: SubjectKind.AdmissionRefusal, Admission: { } admission })
                    versions[("education", reader.GetGuid(0))] = admission.Version;
                if (facts.ContactCard is { } card)
                    versions[("education", card.Facts.CardId)] = card.Version;
                if (facts is { Kind: SubjectKind.BoardingSheet, Boarding: { } sheet })
                    versions[("education", reader.GetGuid(0))] = sheet.Version;
                if (facts is { Kind: SubjectKind.LawTerm, LawTerm: { } lawTerm })
                    versions[("education", reader.GetGuid(0))] = lawTerm.Version;
                if (facts is { Kind: SubjectKind.Child, Child: { } child })
                {
                    versions[("registry", reader.GetGuid(0))] = child.Version;
                    if (facts.Visits is { } visits)
                        versions[("registry", visits.Facts.VisitsId)] = visits.Version;
                }
                else if (facts is { Kind: SubjectKind.Hazard, Hazard: { } hazard })
                    versions[("registry", reader.GetGuid(0))] = hazard.Version;
                else if (facts is { Kind: SubjectKind.Pupil, Pupil: { } pupil })
                    versions[("education", reader.GetGuid(0))] = pupil.Version;
                else if (facts is { Kind: SubjectKind.ClassDay, ClassDay: { } classDay })
                    versions[("education", reader.GetGuid(0))] = classDay.Version;
                else if ((facts.Report?.Version ?? facts.Response?.Version ?? facts.Placement?.Version ?? facts.Appeal?.Version) is { } reported)
                    versions[("reporting", reader.GetGuid(0))] = reported;
                else if (facts is { Kind: SubjectKind.InterventionCase, Case: { } intervention })
                    versions[("guardianship", reader.GetGuid(0))] = intervention.Version;
                else if ((facts.Assessment?.Version ?? facts.Plan?.Version) is { } assessed)
                    versions[("assessment", reader.GetGuid(0))] = assessed;
                else if (facts is { Kind: SubjectKind.Obligation, Obligation: { } obligation, Source: { } source })
                    versions[(source, reader.GetGuid(0))] = obligation.Version;
            }
        await using (var command = new NpgsqlCommand($"select division, measure, n from {PlatformModule.Schema}.division_figure where n <> 0", connection, snapshot))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct))
            {
                answer.Figures++;
                var key = (reader.GetInt64(0), reader.GetInt16(1));
                counted.Remove(key, out var recount);
                if (recount != reader.GetInt64(2))
                    Differ(answer, key, reader.GetInt64(2), recount);
            }
        foreach (var (key, recount) in counted)
            Differ(answer, key, 0, recount);
    }

    private static async Task<(DateOnly Day, long Changes)> DayAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select (select day from {PlatformModule.Schema}.counting_day), {CountedTree.Changes}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.IsDBNull(0) ? DateOnly.MinValue : reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1));
    }

    private static void Differ(Reconciliation answer, (long Division, short Measure) key, long figure, long recount)
    {
        answer.FigureDifferences++;
        if (answer.Samples.Count < MostSamples)
            answer.Samples.Add($"{new DivisionId(key.Division)} {Measures.All[key.Measure]}: figure {figure}, recount {recount}");
    }

    private async Task<SourceReconciliation> CompareSourceAsync(
        string source, Dictionary<(string Source, Guid Subject), long> versions, Reconciliation answer, CancellationToken ct)
    {
        var compared = new SourceReconciliation { Source = source, InPlatform = versions.Keys.LongCount(k => k.Source == source) };
        var seen = 0L;
        using var call = clientOf(source).ListHeads(new(), cancellationToken: ct);
        while (await call.ResponseStream.MoveNext(ct))
            foreach (var head in call.ResponseStream.Current.Items)
            {
                var subject = new Guid(head.SubjectId.Span);
                compared.InSource++;
                var known = versions.TryGetValue((source, subject), out var version);
                if (known)
                    seen++;
                if (known && version == head.Version)
                    continue;
                compared.Differences++;
                if (answer.Samples.Count < MostSamples)
                    answer.Samples.Add($"{source} {subject}: version {head.Version} there, {(known ? version : 0)} here");
            }
        compared.Differences += compared.InPlatform - seen;
        return compared;
    }
}
