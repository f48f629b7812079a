using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>What a visit found abnormal opens one assessment, however often and in whatever pages it is told.</summary>
public sealed class SituationsTests(RunningAssessment assessment)
{
    private const string Village = "431003101218";

    [Fact]
    public async Task An_abnormal_situation_opens_exactly_one_assessment_under_redelivery()
    {
        var (incarnation, told) = (Guid.NewGuid(), new DateTimeOffset(2026, 5, 8, 2, 0, 0, TimeSpan.Zero));
        var (first, second) = (Fact(1, Urgency.High, told), Fact(2, Urgency.Ordinary, told));
        await assessment.PublishAsync(new("registry", incarnation, 0, 1, 1, [first]));
        await assessment.PublishAsync(new("registry", incarnation, 0, 1, 1, [first]));
        // Cut anew, as a relay does that was killed between telling and remembering.
        await assessment.PublishAsync(new("registry", incarnation, 0, 2, 1, [first, second]));
        await assessment.PublishAsync(new("registry", incarnation, 1, 2, 1, [second]));
        await assessment.TakenAsync("registry", 2);

        string[] children = [first.Subject.ToString(), second.Subject.ToString()];
        var open = (await assessment.Client.ListOpenAssessmentsAsync(new() { DivisionCode = "431003", PageSize = 200 }, assessment.AsOfficer("431003"))).Assessments
            .Where(o => children.Contains(o.ChildId)).ToList();
        Assert.Equal([("High", "2026-05-11T02:00:00Z"), ("Ordinary", "2026-05-21T16:00:00Z")], open.Select(o => (o.Urgency, o.DueAt)));
        Assert.Equal(children, open.Select(o => o.ChildId));
        Assert.Equal(["2"], await assessment.ColumnAsync("select count(*)::text from assessment.mt_events where type = 'assessment_opened' and data->'of'->>'child' = any($1)", (object)children));
        Assert.Equal(["0"], await assessment.ColumnAsync("select count(*)::text from assessment.mt_events where data->>'response' is not null and data->'of'->>'child' = any($1)", (object)children));
    }

    private static PagedEvent Fact(long sequence, Urgency urgency, DateTimeOffset at)
    {
        var child = Guid.NewGuid();
        var told = new AbnormalSituationReported(Guid.NewGuid(), child, DivisionId.Parse(Village + "@2023"), Guid.NewGuid(), [VisitFinding.CarerAbsent], urgency, at, at);
        return new(sequence, Guid.NewGuid(), Guid.NewGuid(), 3, child, "abnormal_situation_reported", at, new(2026, 5, 8), null, null, JsonSerializer.Serialize(told, EventTypes.Json));
    }
}
