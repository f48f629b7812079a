using LeftBehind.EventLog;

namespace LeftBehind.Intake;

/// <summary>What a service says about the rows it takes; everything else of a push is the same for all of them.</summary>
public interface IWayIn<TRow>
{
    /// <summary>The common fields of a row.</summary>
    RowFields Fields(TRow row);

    /// <summary>
    /// Checks one row by itself: rejects it, field by field, or says by <see cref="RowKeys"/> what it is about. Asks no database.
    /// </summary>
    RowKeys? Check(PushedRow<TRow> row);

    /// <summary>
    /// Whom a row that has to wait is about, so that it is found when the person is erased: first the person of its source, then what
    /// else the person is known by. None for rows about no person.
    /// </summary>
    IEnumerable<Guid> About(PushedRow<TRow> row) => [];

    /// <summary>
    /// Decides on rows that need a verdict, in order, and appends what follows. Gives each exactly one verdict, by the authority
    /// of its own <see cref="PushedRow{TRow}.Caller"/>: rows that waited stand among them, pushed by others.
    /// </summary>
    Task DecideAsync(StoreWork work, IReadOnlyList<PushedRow<TRow>> rows, string? traceparent, CancellationToken ct);
}

/// <summary>What a row is about.</summary>
/// <param name="Order">Rows with the same key are ordered by the source's sequence.</param>
/// <param name="Provides">What waiting rows may wait for and this row brings; null for rows nobody waits for.</param>
public sealed record RowKeys(Guid Order, Guid? Provides = null);
