using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.EndToEndTests.Pushing;
using LeftBehind.Population.Phases;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Operations.V1;
using LeftBehind.Protos.Registry.V1;
using Npgsql;
using Xunit;

namespace LeftBehind.EndToEndTests;

/// <summary>What a partner reads back of what it pushed.</summary>
[Collection(InOneInstallation.Name)]
public sealed class ReceiptsTests(SharedInstallation shared, CountedCounty county) : IClassFixture<CountedCounty>
{
    private RunningInstallation Running => shared.Running;

    private Registry.RegistryClient Registry => new(Running.Channel("Registry"));

    [Fact]
    public async Task The_ledger_counts_every_row_once_under_what_became_of_it()
    {
        var (plan, operations) = (county.Pushed.Plan, Running.Operations(TestContext.Current.CancellationToken));
        var households = await Registry.CountReceiptsAsync(new() { Source = county.Pushed.PopulationBase }, operations);
        Assert.Equal(plan.FirstLoad.Households.Ledger + plan.Changes.Households.Ledger, Sum(households));
        var roll = await new EducationAttendance.EducationAttendanceClient(Running.Channel("EducationAttendance"))
            .CountReceiptsAsync(new() { Source = county.Pushed.StudentRoll }, operations);
        Assert.Equal(plan.FirstLoad.Roll.Ledger + plan.Changes.Roll.Ledger, Sum(roll));
    }

    [Fact]
    public async Task A_receipt_tells_its_partner_what_became_of_a_row_and_nobody_else()
    {
        var row = county.Pushed.Households[0].Rows[0].SourceEventId;
        var asked = new GetReceiptRequest { Source = county.Pushed.PopulationBase, SourceEventId = row };
        var receipt = await Registry.GetReceiptAsync(asked, As(county.Pushed.PopulationBase));
        Assert.Equal((Verdict.Applied, row, 0), (receipt.Verdict.Verdict, receipt.Verdict.SourceEventId, receipt.ParkedIn.Count));
        Assert.Equal(receipt, await Registry.GetReceiptAsync(asked, Running.Operations(TestContext.Current.CancellationToken)));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(asked, As("another-source")));
        Assert.Equal(StatusCode.NotFound, await RefusedAsync(new(asked) { SourceEventId = "never-pushed" }, As(county.Pushed.PopulationBase)));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () =>
            await Registry.CountReceiptsAsync(new() { Source = county.Pushed.PopulationBase }, As("another-source")))).StatusCode);
    }

    [Fact]
    public async Task A_receipt_says_where_what_came_of_a_row_is_parked_or_given_up()
    {
        var (ct, stream) = (TestContext.Current.CancellationToken, Guid.NewGuid());
        var asked = new GetReceiptRequest { Source = county.Pushed.PopulationBase, SourceEventId = county.Pushed.Households[0].Rows[1].SourceEventId };
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Running.Services.StoreOf("Platform")) { Pooling = false });
        await using var park = database.CreateCommand("""
            insert into platform.parked_event (source, fact_id, stream, sequence, type, fact, error, attempts)
            values ('registry', gen_random_uuid(), $1, 1, 'child_recorded', jsonb_build_object('origin', jsonb_build_object('source', $2, 'eventId', $3)), 'JsonException', 3)
            """);
        foreach (var value in (object[])[stream, asked.Source, asked.SourceEventId])
            park.Parameters.Add(new() { Value = value });
        await park.ExecuteNonQueryAsync(ct);
        var receipt = await Registry.GetReceiptAsync(asked, As(asked.Source));
        Assert.Equal(["platform"], receipt.ParkedIn);
        Assert.Empty(receipt.Unanswered);

        await new Lanes.LanesClient(Running.Channel("Platform")).DiscardParkedAsync(
            new() { Source = "registry", StreamId = $"{stream}", Reason = "told anew by hand" }, Running.Operations(ct));
        receipt = await Registry.GetReceiptAsync(asked, As(asked.Source));
        Assert.Empty(receipt.ParkedIn);
        Assert.Equal([new GivenUp { Service = "platform", Reason = "told anew by hand" }], receipt.GivenUpIn);
    }

    private CallOptions As(string source) => Running.As(Department.Partner, Role.Partner, county.Code, source);

    private async Task<StatusCode> RefusedAsync(GetReceiptRequest asked, CallOptions caller) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Registry.GetReceiptAsync(asked, caller))).StatusCode;

    private static VerdictCounts Sum(ReceiptCounts counts)
    {
        Assert.All(counts.Days, d => Assert.Equal(d.Received, d.Applied + d.Unchanged + d.Superseded + d.Waiting + d.Rejected));
        return new(counts.Days.Sum(d => d.Applied), counts.Days.Sum(d => d.Unchanged), counts.Days.Sum(d => d.Superseded),
            counts.Days.Sum(d => d.Waiting), counts.Days.Sum(d => d.Rejected), 0);
    }
}
