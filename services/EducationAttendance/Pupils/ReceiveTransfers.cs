using System.Globalization;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Pupils;

/// <summary>The clock of a two-sided transfer: opened when a school lets a pupil go, fulfilled when another one has it. Until then it is in a roll gap.</summary>
public sealed class ReceiveTransfers(ObligationBook book)
{
    /// <summary>Ten working days; overdue, the level above is told.</summary>
    public static readonly ObligationTerms Transfer = new(
        "education.transfer", ObligationBasis.LocalRule, "地方学籍管理细则：转学手续十个工作日内办结", Clock.WorkingDays(10))
    { EscalatesAfter = TimeSpan.Zero };

    /// <param name="work">The transaction.</param>
    /// <param name="changed">Pupils before and after, with what is kept beside their events.</param>
    /// <param name="ct">Ends it.</param>
    public async Task FollowAsync(StoreWork work, IReadOnlyCollection<(Pupil Before, Pupil After, EventMeta Meta)> changed, CancellationToken ct)
    {
        var opened = changed.Where(c => IsGap(c.After) && !IsGap(c.Before)).ToList();
        if (opened.Count > 0)
            await book.OpenAsync(work, [.. opened.Select(c => new NewObligation(Transfer, Subject(c.After), c.After.Facts.School, OwnerDepartment.Education, c.Meta.OccurredAt, c.Meta, KeyOf(c.After)))], ct);
        var received = changed.Where(c => IsGap(c.Before) && !IsGap(c.After)).ToList();
        if (received.Count > 0)
            await book.FulfilAsync(work, [.. received.Select(c => new Fulfilment(Subject(c.After), Transfer.Kind, c.Meta, KeyOf(c.Before)))], ct);
    }

    /// <summary>Of a pupil's transfers each has its own; whoever receives it may have told of an earlier moment than whoever let it go.</summary>
    private static string KeyOf(Pupil gap) => gap.Facts.Since?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? "";

    private static bool IsGap(Pupil pupil) => pupil.Exists && pupil.Facts.State is EnrolmentState.RollGap;

    private static ObligationSubject Subject(Pupil pupil) => new(Pupil.StreamType, pupil.Id);
}
