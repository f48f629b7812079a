using System.Collections.Immutable;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Assessments;

/// <summary>What deciders need of an assessment.</summary>
public sealed record AssessmentFile(Guid Id) : IFolded<AssessmentFile>
{
    public static string StreamType => "assessment";

    public static AssessmentFile New(Guid id) => new(id);

    /// <summary>How many events it has.</summary>
    public long Version { get; init; }

    public AssessmentState State { get; init; }
    public AssessmentOpened? Opened { get; init; }

    /// <summary>About whom it is, and where the child lives now.</summary>
    public AssessedChild? Of { get; init; }

    /// <summary>How often another town came to owe its end.</summary>
    public int Moves { get; init; }

    /// <summary>Who took part so far, in fieldwork and review.</summary>
    public ImmutableSortedSet<Participant> Participants { get; init; } = [];

    public AssessmentDrafted? Draft { get; init; }
    public AssessmentFinalised? Finalised { get; init; }
    public AssessmentSuperseded? Superseded { get; init; }
    public PlanDrafted? Plan { get; init; }
    public PlanApproved? Approved { get; init; }

    /// <summary>What was asked and done, by request.</summary>
    public ImmutableDictionary<Guid, string> Done { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    public bool Exists => Opened is not null;

    public bool HasEnded => State is AssessmentState.Finalised or AssessmentState.Superseded;

    /// <summary>All that is told of it.</summary>
    public AssessmentFacts Facts => new(
        Of!.Child, Of.Division, Opened!.Why, Opened.Urgency, State, Opened.DueAt, Finalised?.At, Finalised?.Grade, Finalised?.Risk);

    public AssessmentFile After(object @event) => Folded(@event) with { Version = Version + 1 };

    private AssessmentFile Folded(object @event) => @event switch
    {
        AssessmentOpened e => With(e.Asked) with { Opened = e, Of = e.Of, State = AssessmentState.Opened },
        AssessmentMoved e => this with { Of = e.Of, Moves = e.ToAnotherTown ? Moves + 1 : Moves },
        FieldworkRecorded e => With(e.Asked) with { State = AssessmentState.FieldworkDone, Participants = Participants.Union(e.Participants) },
        AssessmentDrafted e => With(e.Asked) with { State = AssessmentState.Drafted, Draft = e },
        AssessmentReviewed e => With(e.Asked) with { State = AssessmentState.Reviewed, Participants = Participants.Union(e.Participants) },
        AssessmentFinalised e => this with { State = AssessmentState.Finalised, Finalised = e },
        AssessmentSuperseded e => this with { State = AssessmentState.Superseded, Superseded = e },
        PlanDrafted e => this with { Plan = e },
        PlanApproved e => this with { Approved = e },
        _ => this,
    };

    private AssessmentFile With(Asked? asked) => asked is null ? this : this with { Done = Done.SetItem(asked.Request, asked.Digest) };
}
