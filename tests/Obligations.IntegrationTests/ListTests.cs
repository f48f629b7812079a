using LeftBehind.Contracts.Obligations;
using LeftBehind.TestKit;

namespace LeftBehind.Obligations.IntegrationTests;

/// <summary>The work list: due first, page by page, nothing of other divisions.</summary>
public sealed class ListTests(RealServers servers)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_hold_every_duty_of_the_divisions_once_due_first_and_those_due_at_once_before()
    {
        await using var duties = await Duties.StartAsync(servers);
        var atOnce = new ObligationTerms("reporting.refer", ObligationBasis.Law, "§11", Clock.Immediate(TimeSpan.FromHours(2)));
        var mine = await duties.OpenAsync(
            [.. Enumerable.Range(0, 23).Select(_ => Duties.Asked(Duties.Child())), .. Enumerable.Range(0, 4).Select(_ => Duties.Asked(Duties.Child(), terms: atOnce))]);
        await duties.OpenAsync(Duties.Asked(Duties.Child(), owner: Duties.Town));

        var query = new ObligationQuery([Duties.Village]) { Size = 5 };
        var read = new List<RunningObligation>();
        IReadOnlyList<RunningObligation> page;
        do
        {
            page = await duties.List.ReadAsync(query with { After = read.Count == 0 ? null : read[^1].Place }, ct);
            read.AddRange(page);
        }
        while (page.Count > 0);
        Assert.Equal(mine.Order(), read.Select(r => r.Id).Order());
        Assert.All(read.Take(4), r => Assert.Equal(("reporting.refer", (DateTimeOffset?)null), (r.Kind, r.DueAt)));
        Assert.All(read.Skip(4), r => Assert.Equal(Duties.Due, r.DueAt));
    }

    [Fact]
    public async Task Department_kind_state_and_due_time_narrow_the_list()
    {
        await using var duties = await Duties.StartAsync(servers);
        var contact = new ObligationTerms("registry.contact", ObligationBasis.PlatformDefault, "平台默认", Clock.Natural(TimeSpan.FromDays(30)));
        var child = Duties.Child();
        var ids = await duties.OpenAsync(
            Duties.Asked(child), Duties.Asked(child, terms: contact), Duties.Asked(child, "school") with { Department = OwnerDepartment.Education }, Duties.Asked(Duties.Child(), owner: Duties.Town));
        duties.Clock.SetUtcNow(Duties.Due.AddDays(2));
        await duties.Replica().SweepAsync(ct);

        var all = new ObligationQuery([Duties.Village, Duties.Town]);
        Assert.Equal(4, (await duties.List.ReadAsync(all, ct)).Count);
        Assert.Equal([ids[2]], await IdsAsync(all with { Department = OwnerDepartment.Education }));
        Assert.Equal([ids[1]], await IdsAsync(all with { Kind = contact.Kind }));
        Assert.Equal([ids[1]], await IdsAsync(all with { State = ObligationState.Open }));
        Assert.Equal(3, (await IdsAsync(all with { State = ObligationState.Breached })).Count);
        Assert.Equal(3, (await IdsAsync(all with { DueBefore = Duties.Due.AddDays(1) })).Count);
        var towns = Assert.Single(await duties.List.ReadAsync(new([Duties.Town]), ct));
        Assert.Equal((Contracts.DivisionLevel.County, Duties.Start, ObligationBasis.Policy), (towns.EscalatedTo!.Value, towns.StartsAt, towns.Basis));

        async Task<List<Guid>> IdsAsync(ObligationQuery query) => [.. (await duties.List.ReadAsync(query, ct)).Select(r => r.Id)];
    }
}
