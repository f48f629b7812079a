using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.ReadLog;

/// <summary>Whom a read was about, and where.</summary>
/// <param name="Place">Where they lived, or their school stood, at the time.</param>
/// <param name="Subjects">What was opened first, such as a report, then the pupil and the child it is about; none where a search found nobody.</param>
public sealed record ReadOf(DivisionId Place, params Guid[] Subjects);

/// <summary>
/// The record of who read whose personal data, when and for what (未成年人网络保护条例 §36), written in the transaction that opens it and committed
/// before anything is answered: a read that could not be recorded is none.
/// </summary>
public static class PersonalReads
{
    private const int LeastPurpose = 4, LongestPurpose = 200;

    /// <summary>What it is for, as the reader states it.</summary>
    public static string Purpose(string text) => Texts.Readable(text, "purpose", LeastPurpose, LongestPurpose);

    /// <summary>The purpose, or empty where none is stated and nothing is to be opened.</summary>
    public static string OptionalPurpose(string text) => text.Length == 0 ? "" : Purpose(text);

    /// <summary>Records one read; a row for each division in which it was.</summary>
    /// <param name="work">The transaction that opens the data.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="what">What is opened, in one word of the list in reads.proto.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="of">About whom.</param>
    public static void Record(StoreWork work, Caller caller, string what, string purpose, params IEnumerable<ReadOf> of)
    {
        foreach (var there in of.GroupBy(o => o.Place))
            ReadTable.Write(work, new(
                Guid.CreateVersion7(work.Now), work.Now, caller.Subject, caller.Department, caller.Role, caller.Division, purpose, what, there.Key,
                [.. there.SelectMany(o => o.Subjects).Distinct()], caller.Grant));
    }
}
