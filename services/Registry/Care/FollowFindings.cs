using LeftBehind.Contracts;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Care;

/// <summary>A case of intervention ended with an entrusted carer found unfit (未成年人保护法 §22).</summary>
/// <param name="Case">The case; its finding counts once.</param>
/// <param name="Ground">What bars the carer.</param>
/// <param name="On">The day of the conduct: the carer is whoever was entrusted then.</param>
public sealed record FollowFinding(Guid Case, CarerBar Ground, DateOnly On)
{
    /// <summary>Who finds, where an account would stand.</summary>
    public const string By = "guardianship";

    /// <summary>
    /// The care of that carer ends. Who has begun since is not touched; who cared then is entrusted with the child no more, whether the
    /// care was ended before or goes on with another.
    /// </summary>
    public static IEnumerable<ICareEvent> Decide(FollowFinding command, EntrustedCare care, Guid child)
    {
        if (care.Findings.Contains(command.Case) || care.CarerOn(command.On) is not { } person || care.Refused.Contains(person))
            return [];
        return care.Runs && care.Carer!.Person == person
            ? [new CarerFoundUnfit(child, command.Ground, By, Facts.Without(care, Contracts.Registry.Entrustment.Unfit), command.Case)]
            : [new FormerCarerFoundUnfit(child, person, command.Ground, command.Case, care.Facts)];
    }

    /// <summary>What bars, by the items of 未成年人保护法 §22.</summary>
    public static CarerBar GroundOf(Conduct conduct) => conduct switch
    {
        Conduct.Infringement or Conduct.Sale or Conduct.Abandonment or Conduct.Abuse or Conduct.Violence => CarerBar.Offence,
        Conduct.LeftUnattended or Conduct.DutyRefused or Conduct.DelegationRefused => CarerBar.Neglect,
        _ => CarerBar.Other,
    };
}

/// <summary>
/// Policy: when a case finds an entrusted carer unfit, the child's care ends with all that follows: its duties are let go, a carer is needed, and
/// whether the child is unattended is asked anew.
/// </summary>
public sealed class FollowFindings(CareOfChildren cares, TimeProvider clock) : IPageHandler
{
    public string Source => "guardianship";

    public bool Wants(string type) => type == "entrusted_carer_found_unfit";

    public async Task HandleAsync(StoreWork work, IReadOnlyList<PagedEvent> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            var told = (EntrustedCarerFoundUnfit)Contract.Facts.Read(fact.Type, fact.Json);
            var files = await work.LoadAsync<Child>([told.ChildId], ct);
            await Canonical.LoadAsync(work, files, ct);
            var child = Canonical.Of(files, told.ChildId);
            if (!child.Exists)
                continue;
            var command = new FollowFinding(told.CaseId, FollowFinding.GroundOf(told.Conduct), WorkCalendar.DayOf(told.ConductAt));
            var meta = new EventMeta(fact.OccurredAt, fact.EffectiveOn, fact.Origin, fact.Traceparent, Cause: fact.Id);
            var now = clock.GetUtcNow();
            await cares.ChangeAsync(work, child, care => FollowFinding.Decide(command, care, child.Id), _ => meta,
                meta with { OccurredAt = now, EffectiveOn = WorkCalendar.DayOf(now) }, ct);
            await work.FlushAsync(ct);
        }
    }
}
