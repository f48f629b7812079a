using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Divisions;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Caring;

/// <summary>Fields that are wrong, who the carer is, and how an erased and a merged file are answered.</summary>
public sealed class CareRefusalsTests(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private readonly string today = WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd", null);

    [Fact]
    public async Task A_wrong_field_is_named()
    {
        var (child, care) = await ChildAsync(entrust: false);
        foreach (var (field, spoil) in new (string, Action<EntrustCareRequest>)[]
        {
            ("carer.name", r => r.Carer.Name = ""), ("carer.id_number", r => r.Carer.IdNumber = IdNumber.Mistyped(r.Carer.IdNumber)), ("carer.id_number", r => r.Carer = null),
            ("carer.phone", r => r.Carer.Phone = new('1', 31)), ("relation", r => r.Relation = CarerRelation.Unspecified), ("from", r => r.From = "2.3.2026"),
            ("until", r => r.Until = "soon"), ("reason", r => r.Reason = EntrustReason.Unspecified), ("child_heard", r => r.ChildHeard = ChildOpinion.Unspecified),
        })
        {
            var request = care.Entrust(today);
            spoil(request);
            if (field == "carer.id_number" && request.Carer is null)
                request.Carer = new() { Name = "x" };
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await feed.Registry.Care.EntrustCareAsync(request, feed.Registry.AsOfficer()));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.StartsWith(field + ":", refused.Status.Detail, StringComparison.Ordinal);
        }
        await care.EntrustAsync(today);
        Func<Task>[] wrong =
        [
            async () => await feed.Registry.Care.ScreenCarerAsync(new() { ChildId = child }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.ScreenCarerAsync(new() { ChildId = child, Passed = false }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.NotifyEntrustmentAsync(new() { ChildId = child }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.EndCareAsync(new() { ChildId = child }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.FindCarerUnfitAsync(new() { ChildId = child }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.LogParentContactAsync(new() { ChildId = child, Parent = Parent.Father, Channel = ContactChannel.Phone, On = "2020-01-01" }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.LogParentContactAsync(new() { ChildId = child, Channel = ContactChannel.Phone, On = today }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.County, PageToken = "x" }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.County, PageSize = 201 }, feed.Registry.AsOfficer()),
            async () => await feed.Registry.Care.GetCareAsync(new() { ChildId = child, Purpose = "x" }, feed.Registry.AsOfficer()),
        ];
        foreach (var call in wrong)
            Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
    }

    [Fact]
    public async Task Who_the_carer_is_is_sealed_and_told_for_a_purpose_to_who_reads_contacts_and_each_read_is_recorded()
    {
        var (child, care) = await ChildAsync(entrust: true);
        Assert.Null((await care.ReadAsync()).Carer);
        var known = (await care.ReadAsync("核对照护人身份")).Carer;
        Assert.Equal((CaredFor.Grandmother, care.Number, CaredFor.Phone), (known.Name, known.IdNumber, known.Phone));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () =>
            await feed.Registry.Care.GetCareAsync(new() { ChildId = child, Purpose = "办案需要" }, feed.Registry.AsOfficer(Places.County, Department.Police)))).StatusCode);
        Assert.Equal(["核对照护人身份"], await feed.Registry.ColumnAsync("select purpose from registry.personal_read where $1 = any(subjects)", care.Id));
        Assert.Empty(await feed.Registry.ColumnAsync("select id::text from registry.mt_events where data::text like '%' || $1 || '%' or data::text like '%' || $2 || '%'", care.Number, CaredFor.Phone));
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(async () =>
            await feed.Registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.County }, feed.Registry.AsOfficer(Places.County, Department.Police)))).StatusCode);
    }

    [Fact]
    public async Task Of_a_child_whose_data_was_erased_no_carer_is_kept()
    {
        var (child, care) = await ChildAsync(entrust: true);
        var file = (await feed.Registry.Service<EventLog.EventStore>().ReadAsync<Children.Child>([care.Id], TestContext.Current.CancellationToken))[care.Id];
        await using (var connection = await feed.Registry.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            Assert.Equal(1, await feed.Registry.Service<Sealing.PersonKeyTable>().Destroy(connection, null, [file.KeyId], TestContext.Current.CancellationToken));
        Assert.Null((await care.ReadAsync("核对照护人身份")).Carer);
        var change = new ChangeCarerRequest
        { ChildId = child, Carer = new() { Name = "王秀兰", IdNumber = IdNumber.Female("1980-04-05") }, Relation = CarerRelation.OtherRelative, ChildHeard = ChildOpinion.CannotExpress, ExpectedVersion = 1 };
        Assert.Equal(StatusCode.FailedPrecondition,
            (await Assert.ThrowsAsync<RpcException>(async () => await feed.Registry.Care.ChangeCarerAsync(change, feed.Registry.AsOfficer()))).StatusCode);
    }

    [Fact]
    public async Task A_merged_file_is_answered_as_the_one_that_goes_on_and_its_own_care_ends()
    {
        var (gone, care) = await ChildAsync(entrust: true);
        var (stays, other) = await ChildAsync(entrust: false);
        var why = await feed.Registry.Client.WhyEligibleAsync(new() { ChildId = gone }, feed.Registry.AsOfficer());
        await feed.Registry.Client.ConfirmDuplicateAsync(new() { ChildId = gone, OtherId = stays, ExpectedVersion = why.Version }, feed.Registry.AsOfficer());
        Assert.Equal(("care_ended", 0), ((await care.EventsAsync())[^1], (await care.DutiesAsync()).Count));
        Assert.Equal((stays, "NotCollected"), ((await care.ReadAsync()).ChildId, (await care.ReadAsync()).Entrusted));
        var entrusted = await feed.Registry.Care.EntrustCareAsync(care.Entrust(today), feed.Registry.AsOfficer());
        Assert.Equal((stays, "Entrusted"), (entrusted.ChildId, entrusted.Entrusted));
        Assert.Equal(3, (await other.DutiesAsync()).Count);
    }

    [Fact]
    public async Task A_work_list_is_told_page_by_page_without_gap_or_repeat()
    {
        var children = new List<string>();
        for (var i = 0; i < 5; i++)
            children.Add((await ChildAsync(entrust: false)).Child);
        var (listed, token) = (new List<string>(), "");
        do
        {
            var page = await feed.Registry.Care.ListCareWorkAsync(new() { DivisionCode = Places.Matian, Lacks = CareLack.Carer, PageSize = 2, PageToken = token }, feed.Registry.AsOfficer(Places.Matian));
            listed.AddRange(page.Work.Select(w => w.ChildId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(listed.Distinct().Count(), listed.Count);
        Assert.Subset(listed.ToHashSet(), children.ToHashSet());
    }

    private int families;

    private async Task<(string Child, CaredFor Care)> ChildAsync(bool entrust)
    {
        var child = (await feed.TakeAsync(feed.Family($"h{++families}")))[1];
        var care = new CaredFor(feed.Registry, child);
        if (entrust)
            await care.EntrustAsync(today);
        return (child, care);
    }
}
