using LeftBehind.Assessment.Children;
using LeftBehind.Assessment.Plans;
using LeftBehind.Assessment.WorkList;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Obligations;
using LeftBehind.Residences;

namespace LeftBehind.Assessment.Assessments;

/// <summary>Writes what happened in assessments: events that carry what is told after them, the tables beside them, the duty to finalise, and the plan that an end drafts.</summary>
public sealed class WriteAssessments(ObligationBook duties, WritePlans plans, DivisionTree tree)
{
    /// <summary>Appends events; the assessment after them.</summary>
    public async Task<AssessmentFile> AppendAsync(StoreWork work, AssessmentFile file, IEnumerable<AssessmentEvent> events, EventMeta meta, CancellationToken ct)
    {
        foreach (var @event in events.ToList())
        {
            var before = file;
            file = file.After(@event);
            work.Append(file.Id, @event with { After = file.Facts }, meta);
            switch (@event)
            {
                case AssessmentOpened:
                    OpenAssessments.Add(work, file);
                    await duties.OpenAsync(work, AssessmentDuty.Of(file, tree, meta), ct);
                    break;
                case AssessmentMoved e:
                    OpenAssessments.Move(work, file);
                    if (!e.ToAnotherTown || file.HasEnded)
                        break;
                    await duties.WaiveAsync(work, [AssessmentDuty.Left(before, meta)], ct);
                    await duties.OpenAsync(work, AssessmentDuty.Of(file, tree, meta), ct);
                    break;
                case AssessmentFinalised:
                    OpenAssessments.Remove(work, file.Id);
                    AssessedChildren.Write(work, file);
                    await duties.FulfilAsync(work, [AssessmentDuty.Done(file, meta)], ct);
                    await plans.DraftAsync(work, file, meta, ct);
                    break;
                case AssessmentSuperseded:
                    OpenAssessments.Remove(work, file.Id);
                    await duties.WaiveAsync(work, [AssessmentDuty.Superseded(file, meta)], ct);
                    break;
                default:
                    OpenAssessments.Move(work, file);
                    break;
            }
        }
        return file;
    }

    /// <summary>
    /// Opens an assessment; nothing when it was opened before. It lies where its child lives, once Registry has told of that. One of the half-year that is not finalised gives way to one with a cause
    /// of its own, so that the child is not looked at twice.
    /// </summary>
    public async Task<AssessmentFile> OpenAsync(StoreWork work, Guid id, AssessmentOpened opening, EventMeta meta, CancellationToken ct)
    {
        var file = (await work.LoadAsync<AssessmentFile>([id], ct))[id];
        if (file.Exists)
            return file;
        if (opening.Of.Child is { } child && await ChildPlaces.OfAsync(work, child, ct) is { } place)
            opening = opening with { Of = opening.Of with { Division = place.Village } };
        file = await AppendAsync(work, file, Opening.Decide(opening, file), meta, ct);
        await work.FlushAsync(ct);
        foreach (var routine in await OpenAssessments.RoutineAsync(work, file, ct))
        {
            var before = (await work.LoadAsync<AssessmentFile>([routine], ct))[routine];
            await AppendAsync(work, before, SupersedeAssessment.Decide(before, file, meta.OccurredAt), meta, ct);
        }
        return file;
    }
}
