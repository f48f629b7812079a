using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.Assessment.Plans;

/// <summary>The duty of the town that a service be given until the time that was arranged.</summary>
public sealed class ServiceDuties(ObligationBook book, DivisionTree tree)
{
    public const string Kind = "assessment.deliverService";

    private const string Citation = "政策（建立评估帮扶机制）：有针对性地安排专业服务；期限由帮扶方案约定，平台默认";

    /// <summary>Arranged anew, the time before is let go; failed or declined it is owed no more, and neither is what a plan leaves when it ends.</summary>
    public async Task FollowAsync(StoreWork work, AssistancePlan before, PlanEvent @event, EventMeta meta, CancellationToken ct)
    {
        var subject = new ObligationSubject(AssistancePlan.StreamType, before.Id);
        switch (@event)
        {
            case ServiceArranged e:
                await book.WaiveAsync(work, [new(subject, Kind, "The service was arranged anew.", meta, KeyOf(e.Service))], ct);
                await book.OpenAsync(work, new NewObligation(TermsOf(e.DueAt - e.At), subject, AssessmentDuty.TownOf(tree, e.Of.Division), OwnerDepartment.CivilAffairs,
                    e.At, meta, $"{e.Asked.Request:N}"), ct);
                break;
            case ServiceSettled { Outcome: ServiceState.Delivered } e:
                await book.FulfilAsync(work, [new(subject, Kind, meta, KeyOf(e.Service))], ct);
                break;
            case ServiceSettled e:
                await book.WaiveAsync(work, [new(subject, Kind, $"The service is {e.Outcome}.", meta, KeyOf(e.Service))], ct);
                break;
            case PlanMoved { ToAnotherTown: true } e:
                await MoveAsync(work, before.Services, subject, e, meta, ct);
                break;
            case PlanCompleted or PlanTerminated:
                await book.WaiveAsync(work, subject, Kind, "The plan has ended.", meta, ct);
                break;
        }

        string KeyOf(Guid service) => before.Services.Find(s => s.Id == service) is { } found ? KeyFor(found.Arrangement, found.Moves) : "";
    }

    /// <summary>The times run on; another town owes what is left of them.</summary>
    private async Task MoveAsync(StoreWork work, IEnumerable<Service> services, ObligationSubject subject, PlanMoved moved, EventMeta meta, CancellationToken ct)
    {
        foreach (var service in services.Where(s => s is { State: ServiceState.Arranged, ArrangedAt: not null, DueAt: not null }))
        {
            await book.WaiveAsync(work, [new(subject, Kind, AssessmentDuty.Moved, meta, KeyFor(service.Arrangement, service.Moves))], ct);
            await book.OpenAsync(work, new NewObligation(TermsOf(service.DueAt!.Value - service.ArrangedAt!.Value), subject, AssessmentDuty.TownOf(tree, moved.Of.Division),
                OwnerDepartment.CivilAffairs, service.ArrangedAt.Value, meta, KeyFor(service.Arrangement, service.Moves + 1)), ct);
        }
    }

    /// <summary>One arrangement, one duty at a time.</summary>
    private static string KeyFor(Guid? arrangement, int moves) => moves == 0 ? $"{arrangement:N}" : $"{arrangement:N}/{moves}";

    private static ObligationTerms TermsOf(TimeSpan time) => new(Kind, ObligationBasis.PlatformDefault, Citation, Clock.Natural(time))
    { AtRisk = AtRisk.After(0.8), EscalatesAfter = TimeSpan.FromDays(7) };
}
