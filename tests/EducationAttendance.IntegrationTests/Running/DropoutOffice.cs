using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Obligations;
using LeftBehind.Protos.Education.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests.Running;

/// <summary>Whoever acts on the dropout case of one pupil, at the hour of a frozen clock: its school, the county's education, the town.</summary>
public sealed class DropoutOffice(RunningEducation education, SetClock clock, string pupil)
{
    private long version;

    public Dropouts.DropoutsClient Client { get; } = new(education.Channel);

    public CallOptions School => education.AsSchool("S1");

    public CallOptions County => education.AsOfficer(Places.County, Department.Education);

    public CallOptions Town => education.AsOfficer(Places.Matian[..9]);

    /// <summary>A step on the version that was seen last; answers where the case stands.</summary>
    public async Task<DropoutStep> DoAsync(Func<Dropouts.DropoutsClient, long, AsyncUnaryCall<DropoutCase>> call)
    {
        await SeenAsync();
        var answer = await call(Client, version);
        version = answer.Version;
        return answer.Step;
    }

    public Task<DropoutStep> StepAsync(Func<Dropouts.DropoutsClient, DropoutStepRequest, AsyncUnaryCall<DropoutCase>> call, string note = "") =>
        DoAsync((client, seen) => call(client, new() { PupilId = pupil, RequestId = $"{Guid.NewGuid()}", On = Today, Note = note, ExpectedVersion = seen }));

    public string Today => Divisions.WorkCalendar.DayOf(clock.GetUtcNow()).ToString("yyyy-MM-dd", null);

    public async Task<DropoutCase> CaseAsync(string purpose = "") => await Client.GetDropoutCaseAsync(new() { PupilId = pupil, Purpose = purpose }, County);

    /// <summary>Moves the clock to an hour in China and lets it bring what it brings.</summary>
    public async Task ItIsAsync(string hour)
    {
        clock.SetUtcNow(DateTimeOffset.Parse(hour + "+08:00", null));
        await education.Service<ObligationSweep>().SweepAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the clock brought to the pupil's dropout duties so far: what, which kind, at which hour in China, in their order.</summary>
    public Task<List<string>> BroughtAsync() => education.ColumnAsync("""
        select replace(type, 'obligation_', '') || ' ' || replace(data->'of'->>'kind', 'education.', '') || ' ' || to_char((data->>'at')::timestamptz at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')
            || case type when 'obligation_escalated' then ' ' || (data->>'to') else '' end
        from education.mt_events where type in ('obligation_breached', 'obligation_escalated') and data->'of'->'subject'->>'id' = $1 order by (data->>'at')::timestamptz, type, data->'of'->>'kind'
        """, pupil);

    /// <summary>What is owed now: kind, due in China, department.</summary>
    public Task<List<string>> OwedAsync() => education.ColumnAsync("""
        select replace(kind, 'education.', '') || ' ' || to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') || ' ' || department
        from education.obligation_due where subject = $1 order by kind
        """, Guid.Parse(pupil));

    private async Task SeenAsync() => version = (await CaseAsync()).Version;
}
