using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Visits;

/// <summary>The visits of one child, in a stream of their own so that files stay short.</summary>
public sealed record ChildVisits(Guid Id) : IFolded<ChildVisits>
{
    /// <summary>What is told of a child before anything happened.</summary>
    public static readonly VisitFacts NothingTold = new(Cadence.None, KeyListReasons.None, null, false, false, false);

    public static string StreamType => "visits";

    public static ChildVisits New(Guid id) => new(id);

    /// <summary>The stream of a child's visits.</summary>
    public static Guid IdOf(Guid child) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{child:N}")).AsSpan(0, 16));

    public long Version { get; init; }

    /// <summary>Null before the first one.</summary>
    public VisitPlan? Plan { get; init; }
    public IReadOnlyList<KeyListing> KeyList { get; init; } = [];

    /// <summary>The visit that is due; null when none is by rule.</summary>
    public VisitDuty? Duty { get; init; }

    /// <summary>It was missed, and is still missing.</summary>
    public bool Overdue { get; init; }

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableList<Visit> Visits { get; init; } = [];
    public ImmutableList<Situation> Situations { get; init; } = [];

    /// <summary>Who is named for the child alone.</summary>
    public ChildWorker? Named { get; init; }

    /// <summary>The latest visit, whenever it was recorded.</summary>
    public DateTimeOffset? LastVisitAt => Visits.IsEmpty ? null : Visits.Max(v => v.VisitedAt);

    public VisitFacts Facts => new(
        Plan?.Cadence ?? Cadence.None, Plan?.KeyList ?? KeyListReasons.None, LastVisitAt is { } last ? WorkCalendar.DayOf(last) : null, Overdue,
        Visits.Any(v => v.Content.VerifiesIdentity), Plan?.HasWorker ?? false);

    public ChildVisits After(object @event)
    {
        var next = @event is VisitsEvent ? this with { Version = Version + 1 } : this;
        return @event switch
        {
            VisitPlanChanged e => next.WithDuty(e.Duty) with { Plan = e.Plan, KeyList = e.KeyList },
            VisitRecorded e => next.WithDuty(e.Duty) with { Visits = Visits.Add(new(e.VisitId, e.VisitedAt, e.By, e.Content, [])) },
            VisitCorrected e => next with { Visits = Visits.ConvertAll(v => v.Id == e.VisitId ? v with { Content = e.Content, Before = v.Before.Insert(0, v.Content) } : v) },
            VisitMissed e when e.Key == Duty?.Key => next with { Overdue = true },
            VisitLetGo e => next.WithDuty(e.Duty),
            WorkerNamed e => next with { Named = e.Account is { } account ? new(e.Village, account, e.Name, e.NameDigest) : null },
            SituationReported e => next with { Situations = Situations.Add(new(e, null)) },
            SituationAcknowledged e => next with { Situations = Situations.ConvertAll(s => s.Reported.SituationId == e.SituationId ? s with { Acknowledged = e } : s) },
            _ => next,
        };
    }

    /// <summary>An event with what is told after it.</summary>
    public VisitsEvent Told(Guid child, VisitsEvent @event) => @event with { Child = child, After = After(@event).Facts };

    /// <summary>Whoever is visited anew is not overdue any more; who is due the same visit as before stays so.</summary>
    private ChildVisits WithDuty(VisitDuty? duty) => this with { Duty = duty, Overdue = Overdue && duty?.Key == Duty?.Key };
}

/// <summary>A visit as it stands, with what stood before it was corrected, the latest first.</summary>
public sealed record Visit(Guid Id, DateTimeOffset VisitedAt, string By, VisitContent Content, ImmutableList<VisitContent> Before);

/// <summary>Something abnormal, and whether the town took note.</summary>
public sealed record Situation(SituationReported Reported, SituationAcknowledged? Acknowledged);

/// <summary>A worker named for one child, while it lives in that village.</summary>
public sealed record ChildWorker(DivisionId Village, string Account, Sealed? Name, string NameDigest);
