using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>A contact as it was told.</summary>
public readonly record struct ToldContact(Parent Parent, ContactChannel Channel, DateOnly On);

/// <summary>A carer of before, by the digest of the person, and since when; null where that was not told.</summary>
public sealed record FormerCarer(string Person, DateOnly? From);

/// <summary>What deciders need of a child's entrusted care (委托照护): one stream a child, however often its carers change.</summary>
public sealed record EntrustedCare(Guid Id) : IFolded<EntrustedCare>
{
    /// <summary>Contacts are told within so many days, and so long a repeat is known as one. Platform default.</summary>
    public const int DaysToTellContact = 30;

    public static string StreamType => "care";

    public static EntrustedCare New(Guid id) => new(id);

    /// <summary>The stream of a child's care.</summary>
    public static Guid IdOf(Guid child) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"care/{child:N}")).AsSpan(0, 16));

    public long Version { get; init; }
    public CareFacts Facts { get; init; } = new(Entrustment.NotCollected, false, false, ParentContact.NotCollected, false);
    public Carer? Carer { get; init; }
    public DivisionId Division { get; init; }
    public DateOnly From { get; init; }
    public DateOnly? Until { get; init; }
    public EntrustReason? Reason { get; init; }
    public ChildOpinion? ChildHeard { get; init; }
    public Notices Told { get; init; }

    /// <summary>What barred the carer told last, or made it unfit.</summary>
    public CarerBar? Bar { get; init; }

    /// <summary>Why the care ended; null while it lasts, and when the carer was found unfit.</summary>
    public CareEndReason? Ended { get; init; }

    /// <summary>Persons who were barred or found unfit; none of them is entrusted with this child again.</summary>
    public ImmutableHashSet<string> Refused { get; init; } = [];

    /// <summary>Since when the carer told last cares; null where that was not told.</summary>
    public DateOnly? CarerFrom { get; init; }

    /// <summary>Who cared before, oldest first.</summary>
    public ImmutableList<FormerCarer> Former { get; init; } = [];

    /// <summary>Cases of intervention whose finding on a carer is on record.</summary>
    public ImmutableHashSet<Guid> Findings { get; init; } = [];

    /// <summary>The first day that is too late for the next contact.</summary>
    public DateOnly ContactDue { get; init; }

    /// <summary>Contacts of the last days, as long as they may be told again.</summary>
    public ImmutableHashSet<ToldContact> Contacts { get; init; } = [];

    /// <summary>Version that told the carer, or that the child moved: since then screening and notice are owed by whom they are.</summary>
    public long CarerSince { get; init; }

    /// <summary>Version that began the week in which contact is owed.</summary>
    public long ContactSince { get; init; }

    /// <summary>Somebody is entrusted and not barred.</summary>
    public bool Runs => Facts.Entrusted is Entrustment.Entrusted;

    /// <summary>It runs, or waits for another carer after one was barred by screening.</summary>
    public bool Lasts { get; init; }

    public EntrustedCare After(object @event)
    {
        var next = @event is ICareEvent e ? this with { Version = Version + 1, Facts = e.After } : this;
        var since = next.Version;
        return @event switch
        {
            CareEntrusted c => next with
            {
                Lasts = true,
                Division = c.Division,
                Carer = c.Carer,
                CarerFrom = c.From,
                Former = WithLast,
                From = c.From,
                Until = c.Until,
                Reason = c.Reason,
                ChildHeard = c.ChildHeard,
                ContactDue = c.ContactDue,
                Told = Notices.None,
                Bar = null,
                Ended = null,
                Contacts = [],
                CarerSince = since,
                ContactSince = since,
            },
            CarerChanged c => next with
            {
                Carer = c.Carer,
                CarerFrom = c.On,
                Former = WithLast,
                ChildHeard = c.ChildHeard,
                Told = Notices.None,
                Bar = null,
                CarerSince = since,
                ContactDue = c.ContactDue,
                ContactSince = Runs ? ContactSince : since,
            },
            CarerScreened { Bar: { } bar } => next with { Bar = bar, Told = Notices.None, Refused = Refused.Add(Carer!.Person) },
            EntrustmentNotified n => next with { Told = n.Told },
            ParentContactLogged l => next with
            {
                ContactSince = l.ContactDue == ContactDue ? ContactSince : since,
                ContactDue = l.ContactDue,
                Contacts = Kept(Contacts.Add(new(l.Parent, l.Channel, l.On))),
            },
            ParentContactMissed m => next with { ContactDue = m.ContactDue, ContactSince = since },
            CareMoved m => next with { Division = m.To, CarerSince = since, ContactSince = since },
            CareEnded c => next with { Lasts = false, Ended = c.Reason, Told = Notices.None },
            CarerFoundUnfit u => next with
            {
                Lasts = false,
                Bar = u.Ground,
                Told = Notices.None,
                Refused = Refused.Add(Carer!.Person),
                Findings = u.Case is { } of ? Findings.Add(of) : Findings,
            },
            FormerCarerFoundUnfit f => next with { Refused = Refused.Add(f.Person), Findings = Findings.Add(f.Case) },
            _ => next,
        };
    }

    /// <summary>Who was entrusted on a day: the last who had begun by then, or the first of all where the day lies before.</summary>
    public string? CarerOn(DateOnly day) => WithLast.FindLast(c => c.From is null || c.From <= day)?.Person ?? WithLast.FirstOrDefault()?.Person;

    private ImmutableList<FormerCarer> WithLast => Carer is { } last ? Former.Add(new(last.Person, CarerFrom)) : Former;

    private static ImmutableHashSet<ToldContact> Kept(ImmutableHashSet<ToldContact> contacts)
    {
        var oldest = contacts.Max(c => c.On).AddDays(-DaysToTellContact);
        return contacts.Where(c => c.On >= oldest).ToImmutableHashSet();
    }
}
