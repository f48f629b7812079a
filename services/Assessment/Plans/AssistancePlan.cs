using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Plans;

/// <summary>A service of a plan as it stands.</summary>
public sealed record Service(Guid Id, AssistanceService Kind, ServiceState State)
{
    public Guid? Provider { get; init; }

    /// <summary>The request that arranged it last.</summary>
    public Guid? Arrangement { get; init; }

    /// <summary>When it was arranged last.</summary>
    public DateTimeOffset? ArrangedAt { get; init; }

    /// <summary>How often another town came to owe it since.</summary>
    public int Moves { get; init; }

    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string DocumentNo { get; init; } = "";

    public bool IsSettled => State is ServiceState.Delivered or ServiceState.Failed or ServiceState.Declined;
}

/// <summary>What deciders need of an assistance plan.</summary>
public sealed record AssistancePlan(Guid Id) : IFolded<AssistancePlan>
{
    public static string StreamType => "plan";

    public static AssistancePlan New(Guid id) => new(id);

    /// <summary>An assessment has at most one plan.</summary>
    public static Guid IdOf(Guid assessment) => Derived($"{StreamType}/{assessment:N}");

    /// <summary>A service that is named with a plan, once a kind; one that is added later is named by its request.</summary>
    public static Guid ServiceIdOf(Guid plan, object named) => Derived($"{StreamType}/{plan:N}/{named}");

    public PlanSubject? Of { get; init; }

    /// <summary>How many events it has.</summary>
    public long Version { get; init; }

    public PlanState State { get; init; }
    public DateTimeOffset? DraftedAt { get; init; }
    public DateTimeOffset? ApprovedAt { get; init; }
    public string? Approver { get; init; }
    public ImmutableList<string> Assessors { get; init; } = [];
    public ImmutableList<Service> Services { get; init; } = [];
    public DateTimeOffset? ReviewedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public TerminationReason? Terminated { get; init; }

    /// <summary>The assessment that its completion opened.</summary>
    public Guid? Reassessment { get; init; }

    /// <summary>What was asked and done, by request.</summary>
    public ImmutableDictionary<Guid, string> Done { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    public bool Exists => Of is not null;

    public bool HasEnded => State is PlanState.Completed or PlanState.Terminated;

    /// <summary>All that is told of it.</summary>
    public PlanFacts Facts => new(Of!.Assessment, Of.Child, Of.Division, State, [.. Services.Select(s => new ServiceFacts(s.Id, s.Kind, s.State))]);

    public AssistancePlan After(object @event) => Folded(@event) with { Version = Version + 1 };

    private AssistancePlan Folded(object @event) => @event switch
    {
        AssistancePlanDrafted e => this with
        {
            Of = e.Of,
            State = PlanState.Draft,
            DraftedAt = e.At,
            Assessors = [.. e.Assessors],
            Services = [.. e.Services.Select(s => new Service(s.Id, s.Kind, ServiceState.Planned))],
        },
        ServiceAdded e => With(e.Asked) with { Services = Services.Add(new(e.Service.Id, e.Service.Kind, ServiceState.Planned)) },
        AssistancePlanApproved e => this with { State = PlanState.Approved, ApprovedAt = e.At, Approver = e.Approver },
        PlanStarted e => With(e.Asked) with { State = PlanState.Active },
        ServiceArranged e => With(e.Asked).Change(e.Service, s => s with { State = ServiceState.Arranged, Provider = e.Provider, DueAt = e.DueAt, Arrangement = e.Asked.Request, ArrangedAt = e.At, Moves = 0 }),
        ServiceSettled e => With(e.Asked).Change(e.Service, s => s with { State = e.Outcome, SettledAt = e.At, DocumentNo = e.DocumentNo }),
        PlanReviewed e => With(e.Asked) with { State = PlanState.Reviewed, ReviewedAt = e.At },
        PlanCompleted e => With(e.Asked) with { State = PlanState.Completed, EndedAt = e.At, Reassessment = e.Reassessment },
        PlanTerminated e => With(e.Asked) with { State = PlanState.Terminated, EndedAt = e.At, Terminated = e.Reason },
        PlanMoved e => this with { Of = e.Of, Services = e.ToAnotherTown ? [.. Services.Select(s => s.State is ServiceState.Arranged ? s with { Moves = s.Moves + 1 } : s)] : Services },
        _ => this,
    };

    private AssistancePlan With(Asked asked) => this with { Done = Done.SetItem(asked.Request, asked.Digest) };

    private AssistancePlan Change(Guid service, Func<Service, Service> change) => this with { Services = [.. Services.Select(s => s.Id == service ? change(s) : s)] };

    private static Guid Derived(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
