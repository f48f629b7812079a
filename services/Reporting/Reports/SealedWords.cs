using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Reports;

/// <summary>Words about a report are sealed under the key of its description, and go with it.</summary>
public sealed class SealedWords(PersonKeyTable personKeys)
{
    public Task<Sealed> SealAsync(StoreWork work, Report report, string words, CancellationToken ct) => SealAsync(work, report.TextKey, words, ct);

    public async Task<Sealed> SealAsync(StoreWork work, Guid textKey, string words, CancellationToken ct)
    {
        var keys = await personKeys.LoadMany(work.Connection, work.Transaction, [textKey], ct);
        return keys.TryGetValue(textKey, out var key) && !key.IsDestroyed
            ? key.SealJson(words)
            : throw new RejectedException("The personal data of this report was erased; no further text is kept with it.");
    }
}
