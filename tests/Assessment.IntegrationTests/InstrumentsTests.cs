using Grpc.Core;
using LeftBehind.Assessment.Instruments;
using V1 = LeftBehind.Protos.Assessment.V1;

namespace LeftBehind.Assessment.IntegrationTests;

/// <summary>Instruments are shipped, published by the province, and read by everybody.</summary>
public sealed class InstrumentsTests(RunningAssessment assessment)
{
    [Fact]
    public async Task The_shipped_ones_are_there_and_a_second_migration_publishes_nothing()
    {
        await assessment.MigrateAsync();
        var listed = (await assessment.Instruments.ListInstrumentsAsync(new(), assessment.AsOfficer("431003"))).Instruments;
        Assert.Superset(new HashSet<string> { ShippedInstruments.Risk, ShippedInstruments.Grade }, listed.Select(i => i.Code).ToHashSet());
        var risk = await assessment.Instruments.GetInstrumentAsync(new() { Code = ShippedInstruments.Risk, Version = 1 }, assessment.AsOfficer("431003"));
        Assert.Equal((V1.InstrumentKind.Risk, 14, 7, 1), (risk.Kind, risk.Items.Count, risk.Triggers.Count, risk.Version));
        Assert.Contains("平台默认", risk.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_the_list_hold_each_instrument_once()
    {
        var (codes, token) = (new List<string>(), "");
        do
        {
            var page = await assessment.Instruments.ListInstrumentsAsync(new() { PageSize = 1, PageToken = token }, assessment.AsOfficer("431003"));
            codes.AddRange(page.Instruments.Select(i => i.Code));
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        Assert.Equal(codes.Distinct(), codes);
        Assert.Contains(ShippedInstruments.Grade, codes);
    }

    [Fact]
    public async Task The_province_publishes_a_version_once_and_on_the_one_it_saw()
    {
        var first = Request("own-risk");
        var published = await assessment.Instruments.PublishInstrumentAsync(first, assessment.AsOfficer("43"));
        Assert.Equal(1, published.Version);
        Assert.Equal(published, await assessment.Instruments.PublishInstrumentAsync(first, assessment.AsOfficer("43")));

        var second = new V1.PublishInstrumentRequest(first) { Title = "第二版" };
        await RefusedAsync(StatusCode.Aborted, second, "43");
        second.ExpectedVersion = 1;
        Assert.Equal(2, (await assessment.Instruments.PublishInstrumentAsync(second, assessment.AsOfficer("43"))).Version);
        Assert.Equal(published, await assessment.Instruments.GetInstrumentAsync(new() { Code = "own-risk", Version = 1 }, assessment.AsOfficer("431003")));
        Assert.Equal("第二版", (await assessment.Instruments.GetInstrumentAsync(new() { Code = "own-risk" }, assessment.AsOfficer("431003"))).Title);
        await RefusedAsync(StatusCode.FailedPrecondition, Graded(second), "43");
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_its_field_and_only_the_province_publishes()
    {
        var wrong = Request("wrong-risk");
        wrong.CutOffs[1].From = 20;
        wrong.Items[0].Domain = "elsewhere";
        Assert.Equal("items[0].domain: elsewhere is no domain of the instrument; cut_offs[1].from: 20 overlaps what ends at 25", await RefusedAsync(StatusCode.InvalidArgument, wrong, "43"));
        var unworded = Request("wrong-risk");
        unworded.Items[2].Orientation = V1.Orientation.Unspecified;
        Assert.Equal("items[2].orientation: unknown", await RefusedAsync(StatusCode.InvalidArgument, unworded, "43"));
        await RefusedAsync(StatusCode.PermissionDenied, Request("wrong-risk"), "431003");
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () =>
            await assessment.Instruments.GetInstrumentAsync(new() { Code = "wrong-risk" }, assessment.AsOfficer("43")))).StatusCode);
    }

    private static V1.PublishInstrumentRequest Request(string code)
    {
        var shipped = InstrumentWords.Written(new(1, ShippedInstruments.All[ShippedInstruments.Risk], default, ""));
        return new()
        {
            Code = code, Kind = shipped.Kind, Title = shipped.Title, Basis = shipped.Basis, Domains = { shipped.Domains }, Items = { shipped.Items },
            CutOffs = { shipped.CutOffs }, Triggers = { shipped.Triggers },
        };
    }

    private static V1.PublishInstrumentRequest Graded(V1.PublishInstrumentRequest request)
    {
        var graded = new V1.PublishInstrumentRequest(request) { Kind = V1.InstrumentKind.Grade, Triggers = { } };
        graded.Triggers.Clear();
        foreach (var (cut, word) in graded.CutOffs.Zip(["Good", "Fair", "Poor"]))
            cut.Outcome = word;
        return graded;
    }

    private async Task<string> RefusedAsync(StatusCode expected, V1.PublishInstrumentRequest request, string division)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await assessment.Instruments.PublishInstrumentAsync(request, assessment.AsOfficer(division)));
        Assert.Equal(expected, refused.StatusCode);
        return refused.Status.Detail;
    }
}
