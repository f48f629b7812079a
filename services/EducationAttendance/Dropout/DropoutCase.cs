using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.EventLog;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// The dropout case of one pupil (控辍保学), from its first unexcused absence to its return or to legal measures. One stream a pupil: an absence
/// after the end opens the next episode of the same case.
/// </summary>
public sealed record DropoutCase(Guid Id) : IFolded<DropoutCase>
{
    public static string StreamType => "dropout-case";

    public static DropoutCase New(Guid id) => new(id);

    public static Guid IdOf(Guid pupil) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{pupil:N}")).AsSpan(0, 16));

    public Guid Pupil { get; init; }
    public DivisionId School { get; init; }
    public string SchoolNo { get; init; } = "";

    /// <summary>How it stands; null while nothing was ever told.</summary>
    public DropoutFacts? Facts { get; init; }
    public long Version { get; init; }

    /// <summary>Counts the openings; what is owed of each is told apart by it.</summary>
    public int Episode { get; init; }

    /// <summary>First and last day of the absence, as far as it is known; null where the roll alone told of the dropout.</summary>
    public DateOnly? AbsentSince { get; init; }
    public DateOnly? AbsentOn { get; init; }

    /// <summary>What was recorded in this episode, in order.</summary>
    public ImmutableList<IRecordedStep> Record { get; init; } = [];

    /// <summary>The written report that was filed last, also in an episode before.</summary>
    public WrittenReportFiled? Filed { get; init; }

    /// <summary>Every request that was ever taken, with what it recorded.</summary>
    public ImmutableDictionary<Guid, DropoutAct> Requests { get; init; } = ImmutableDictionary<Guid, DropoutAct>.Empty;

    /// <summary>What is owed now, by kind, with the version since which it is: that tells it from the same duty of before.</summary>
    public ImmutableDictionary<string, long> Owed { get; init; } = ImmutableDictionary<string, long>.Empty;

    public DropoutStep? Step => Facts?.Step;

    /// <summary>It runs: neither returned nor ended.</summary>
    public bool IsOpen => Step is not (null or DropoutStep.Returned or DropoutStep.Ended);

    public bool IsRegistered => IsOpen && Step >= DropoutStep.DropoutRegistered;

    public bool Contacted => Record.Exists(r => r is GuardianContacted);

    public bool Visited => Record.Exists(r => r is HomeVisited);

    /// <summary>The order that stands, the last one.</summary>
    public AttendanceOrdered? Order => Record.OfType<AttendanceOrdered>().LastOrDefault();

    public DropoutCase After(object @event)
    {
        var next = @event is IDropoutEvent e ? this with { Facts = e.After, Version = Version + 1 } : this;
        if (@event is IRecordedStep step)
            next = next with { Record = Record.Add(step), Requests = Requests.SetItem(step.Request, Transitions.ActOf(step)) };
        next = @event switch
        {
            UnexcusedAbsenceDetected d => next.Opened(d.Pupil, d.School, d.SchoolNo) with { AbsentSince = d.AbsentSince, AbsentOn = d.AbsentOn },
            DropoutRegisteredByRoll r when !IsOpen => next.Opened(r.Pupil, r.School, r.SchoolNo),
            WrittenReportFiled filed => next with { Filed = filed },
            DropoutSuspected s => next with { AbsentSince = s.AbsentSince, AbsentOn = s.AbsentOn },
            SuspicionWithdrawn w => next with { AbsentSince = w.AbsentSince, AbsentOn = w.AbsentOn },
            _ => next,
        };
        return next with { Owed = DropoutDuties.Of(next).ToImmutableDictionary(d => d.Kind, d => Owed.GetValueOrDefault(d.Kind, next.Version)) };
    }

    private DropoutCase Opened(Guid pupil, DivisionId school, string schoolNo) =>
        this with { Pupil = pupil, School = school, SchoolNo = schoolNo, Episode = Episode + 1, AbsentSince = null, AbsentOn = null, Record = [] };
}
