using LeftBehind.Intake;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>The order of rows that speak of one thing under several names: each name has an order of its own, and a row older than what was taken under another is late.</summary>
/// <param name="latest">By order key, the sequence of the row taken last.</param>
internal sealed class OrderAcross<TRow>(Dictionary<Guid, long> latest)
{
    /// <summary>Whether a row is older than what was taken under any of the names; then it is superseded.</summary>
    public bool IsLate(PushedRow<TRow> row, IEnumerable<Guid> names)
    {
        var late = names.Any(name => latest.GetValueOrDefault(name) > row.Sequence);
        if (late)
            row.Superseded();
        return late;
    }

    /// <summary>After its verdict.</summary>
    public void Took(PushedRow<TRow> row)
    {
        if (row.Verdict is Verdict.Applied or Verdict.Unchanged)
            latest[row.OrderKey] = Math.Max(latest.GetValueOrDefault(row.OrderKey), row.Sequence);
    }
}
