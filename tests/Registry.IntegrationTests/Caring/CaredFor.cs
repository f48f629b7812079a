using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;
using Carer = LeftBehind.Protos.Registry.V1.CarerIdentity;
using CarerRelation = LeftBehind.Protos.Registry.V1.CarerRelation;
using ChildOpinion = LeftBehind.Protos.Registry.V1.ChildOpinion;
using EntrustReason = LeftBehind.Protos.Registry.V1.EntrustReason;

namespace LeftBehind.Registry.IntegrationTests.Caring;

/// <summary>A child whose care is entrusted, and what is asked about it.</summary>
internal sealed class CaredFor(RunningRegistry registry, string child)
{
    public const string Grandmother = "王桂花", Phone = "13907350001";

    public string Number { get; } = IdNumber.Female("1958-02-03");

    public Guid Id => Guid.Parse(child);

    public string Stream => EntrustedCare.IdOf(Id).ToString();

    public EntrustCareRequest Entrust(string from, string until = "", long version = 0) => new()
    {
        ChildId = child, Carer = new Carer { Name = Grandmother, IdNumber = Number, Phone = Phone }, Relation = CarerRelation.Grandparent, From = from, Until = until,
        Reason = EntrustReason.WorkAway, ChildHeard = ChildOpinion.Agrees, ExpectedVersion = version,
    };

    public async Task<ChildCare> EntrustAsync(string from, string until = "", long version = 0) => await registry.Care.EntrustCareAsync(Entrust(from, until, version), registry.AsOfficer());

    public async Task<ChildCare> ReadAsync(string purpose = "") => await registry.Care.GetCareAsync(new() { ChildId = child, Purpose = purpose }, registry.AsOfficer());

    public Task<List<string>> EventsAsync() => registry.EventsOfAsync(Stream);

    /// <summary>The duties that run for the child: kind, owner, state and due time.</summary>
    public Task<List<string>> DutiesAsync() => registry.ColumnAsync(
        "select kind || ' ' || state || ' ' || to_char(due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from registry.obligation_due where subject = $1 and kind in ('registry.carerScreening', 'registry.entrustmentNotice', 'registry.parentContact') order by kind", Id);

    /// <summary>Everything that happened to the child's duties of a kind.</summary>
    public Task<List<string>> StoryAsync(string kind) => registry.ColumnAsync(
        "select type from registry.mt_events where data->'of'->>'kind' = $1 and data->'of'->'subject'->>'id' = $2 order by seq_id", kind, child);
}
