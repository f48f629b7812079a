using LeftBehind.Assessment.Instruments;
using LeftBehind.Calls;
using LeftBehind.EventLog;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Scores the answers of a request by the version it names, the latest where it names none.</summary>
internal static class ScoreAnswers
{
    public static async Task<Scored> OfAsync(StoreWork work, V1.InstrumentAnswers? answers, InstrumentKind kind, string shipped, string field, CancellationToken ct)
    {
        if (answers is null)
            throw Requests.Invalid($"{field}: is required");
        if (answers.Version < 0)
            throw Requests.Invalid($"{field}.version: 0 or more");
        var id = Instrument.IdOf(answers.Instrument.Length > 0 ? answers.Instrument : shipped);
        var instrument = (await work.LoadAsync<Instrument>([id], ct))[id];
        if (instrument.Of(answers.Version) is not { } version || version.Content.Kind != kind)
            throw Requests.Invalid($"{field}.instrument: no published version of an instrument of {kind}");
        if (Scoring.FaultsOf(version.Content, answers.Answers) is { Count: > 0 } faults)
            throw Requests.Invalid(string.Join("; ", faults.Select(f => $"{field}.{f}")));
        return Scoring.Of(version, answers.Answers);
    }
}
