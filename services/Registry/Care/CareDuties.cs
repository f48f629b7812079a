using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Registry.Care;

/// <summary>What is owed while a child is in another's care, and to see done by whom. Of each kind one duty runs at a time.</summary>
public static class CareDuties
{
    /// <summary>§22 says what bars a carer and gives no time to look.</summary>
    public static readonly ObligationTerms Screening = new(
        "registry.carerScreening", ObligationBasis.PlatformDefault, "平台默认（未成年人保护法 §22 未定期限）", Clock.WorkingDays(10))
    { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.Zero };

    /// <summary>§23 says in good time (及时); the days are ours.</summary>
    public static readonly ObligationTerms Notice = new(
        "registry.entrustmentNotice", ObligationBasis.PlatformDefault, "平台默认（未成年人保护法 §23 “及时”）", Clock.WorkingDays(5))
    { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.Zero };

    /// <summary>At least once a week (每周至少一次). The parents owe it; the village sees to it, and the town hears of each week that is missed.</summary>
    public static readonly ObligationTerms Contact = new(
        "registry.parentContact", ObligationBasis.Law, "未成年人保护法 §23", Clock.Natural(TimeSpan.FromDays(ContactWeek.Days)))
    { EscalatesAfter = TimeSpan.Zero };

    /// <summary>The duties that run in a state, each with the key that tells it from those before it.</summary>
    public static IEnumerable<(ObligationTerms Terms, string Key)> Of(EntrustedCare care)
    {
        if (!care.Runs)
            yield break;
        if (!care.Facts.Screened)
            yield return (Screening, $"{care.CarerSince}");
        if (!care.Facts.Notified)
            yield return (Notice, $"{care.CarerSince}");
        yield return (Contact, $"{care.ContactSince}");
    }

    /// <summary>What an event does; any other change of a duty lets it go.</summary>
    public static bool Fulfils(ICareEvent @event, ObligationTerms terms) => @event switch
    {
        CarerScreened => terms == Screening,
        EntrustmentNotified => terms == Notice,
        ParentContactLogged => terms == Contact,
        _ => false,
    };

    /// <summary>Why a duty is let go; names nobody.</summary>
    public static string ReasonOf(ICareEvent @event) => @event switch
    {
        ParentContactMissed => "the week has passed; contact is owed anew",
        CareMoved => "the child moved; owed where it lives now",
        CarerChanged => "another carer was entrusted",
        CarerScreened => "the carer was barred by screening",
        CarerFoundUnfit => "the carer was found unfit",
        _ => "the care has ended",
    };
}

/// <summary>The duties that change with the events of one piece of work, written together however many they are.</summary>
internal sealed class CareDutyChanges(DivisionTree tree)
{
    private readonly List<NewObligation> opened = [];
    private readonly List<Fulfilment> fulfilled = [];
    private readonly List<Waiver> waived = [];

    public void Take(EntrustedCare before, ICareEvent @event, EntrustedCare after, EventMeta meta)
    {
        var subject = new ObligationSubject("child", @event.Child);
        var (was, now) = (CareDuties.Of(before).ToList(), CareDuties.Of(after).ToList());
        foreach (var (terms, key) in now.Except(was))
        {
            var startsAt = terms == CareDuties.Contact ? WorkCalendar.StartOf(after.ContactDue.AddDays(-ContactWeek.Days)) : meta.OccurredAt;
            // A town can ask the police for records, a village cannot.
            var owner = terms == CareDuties.Screening ? tree.Parent(after.Division) ?? after.Division : after.Division;
            opened.Add(new(terms, subject, owner, OwnerDepartment.CivilAffairs, startsAt, meta, key));
        }
        foreach (var (terms, key) in was.Except(now))
            if (CareDuties.Fulfils(@event, terms))
                fulfilled.Add(new(subject, terms.Kind, meta, key));
            else
                waived.Add(new(subject, terms.Kind, CareDuties.ReasonOf(@event), meta, key));
    }

    /// <summary>Opened first: a week that was missed while nobody looked is opened and let go in one piece of work.</summary>
    public async Task ApplyAsync(StoreWork work, ObligationBook book, CancellationToken ct)
    {
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
        if (fulfilled.Count > 0)
            await book.FulfilAsync(work, fulfilled, ct);
        if (waived.Count > 0)
            await book.WaiveAsync(work, waived, ct);
    }
}
