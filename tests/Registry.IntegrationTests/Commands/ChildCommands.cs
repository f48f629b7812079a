using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Divisions;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Commands;

/// <summary>On what a command is called: the child, whatever else is named beside it (a visit, a hazard, another file), and the version seen.</summary>
internal sealed record On(string Child, long Version = 0, string Thing = "")
{
    public string Request { get; } = Guid.NewGuid().ToString();
}

/// <summary>A command on a child: what it needs to be there, and the call.</summary>
/// <param name="Given">Brings about what the command is called on.</param>
/// <param name="Call">Calls it.</param>
/// <param name="Closed">How it is answered once the child's file was closed; OK where it is meant for closed files too.</param>
internal sealed record ChildCommand(Func<Told, Task<On>> Given, Func<Told, On, CallOptions, Task<IMessage>> Call, StatusCode Closed = StatusCode.FailedPrecondition)
{
    /// <summary>Whether it names the version that the caller saw.</summary>
    public bool IsVersioned { get; init; } = true;

    /// <summary>Who calls it: the county, or the child's town.</summary>
    public bool OfTheTown { get; init; }
}

/// <summary>Every command on a child, by the name of its rpc.</summary>
internal static class ChildCommands
{
    private static readonly string Today = WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-dd", null);
    private static readonly CarerIdentity Aunt = new() { Name = "王秀兰", IdNumber = IdNumber.Female("1980-04-05") };

    public static IReadOnlyDictionary<string, ChildCommand> All { get; } = new Dictionary<string, ChildCommand>
    {
        ["CloseFile"] = new(t => t.FileAsync(), async (t, on, by) =>
            await t.Files.CloseFileAsync(new() { ChildId = on.Child, Reason = CloseReason.CloseMovedAway, ExpectedVersion = on.Version }, by)),
        ["ReopenFile"] = new(t => t.ClosedAsync(), async (t, on, by) =>
            await t.Files.ReopenFileAsync(new() { ChildId = on.Child, Reason = ReopenReason.ReopenMovedBack, ExpectedVersion = on.Version }, by), StatusCode.OK),
        ["UnlinkPupil"] = new(t => t.WithPupilAsync(), async (t, on, by) =>
            await t.Files.UnlinkPupilAsync(new() { ChildId = on.Child, PupilId = on.Thing, Reason = UnlinkReason.NotTheSameChild, ExpectedVersion = on.Version }, by), StatusCode.OK),
        ["ConfirmDuplicate"] = new(t => t.TwoFilesAsync(), async (t, on, by) =>
            await t.Files.ConfirmDuplicateAsync(new() { ChildId = on.Child, OtherId = on.Thing, ExpectedVersion = on.Version }, by)),
        ["DismissDuplicate"] = new(t => t.SuspectedAsync(), async (t, on, by) =>
            await t.Files.DismissDuplicateAsync(new() { ChildId = on.Child, OtherId = on.Thing, Reason = DismissalReason.Siblings, ExpectedVersion = on.Version }, by), StatusCode.OK),
        ["UnlinkDuplicate"] = new(t => t.MergedAsync(), async (t, on, by) =>
            await t.Files.UnlinkDuplicateAsync(new() { ChildId = on.Child, Reason = UnmergeReason.MergedInError, ExpectedVersion = on.Version }, by), StatusCode.OK),
        ["EraseChild"] = new(t => t.FileAsync(), async (t, on, by) =>
            await t.Registry.Erasure.EraseChildAsync(new() { ChildId = on.Child, Ground = ErasureGround.PurposeAchieved, DocumentNo = "苏民〔2026〕1号", ExpectedVersion = on.Version }, by), StatusCode.OK),

        ["EntrustCare"] = new(async t => (await t.FileAsync()) with { Version = 0 }, async (t, on, by) => await t.Registry.Care.EntrustCareAsync(new()
        {
            ChildId = on.Child, Carer = Aunt, Relation = CarerRelation.OtherRelative, From = Today, Reason = EntrustReason.WorkAway, ChildHeard = ChildOpinion.Agrees,
            ExpectedVersion = on.Version,
        }, by)),
        ["ScreenCarer"] = new(t => t.EntrustedAsync(), async (t, on, by) =>
            await t.Registry.Care.ScreenCarerAsync(new() { ChildId = on.Child, Barred = CarerBar.Vice, ExpectedVersion = on.Version }, by)),
        ["NotifyEntrustment"] = new(t => t.EntrustedAsync(), async (t, on, by) =>
            await t.Registry.Care.NotifyEntrustmentAsync(new() { ChildId = on.Child, NotAtSchool = true, VillageCommittee = true, ExpectedVersion = on.Version }, by)),
        ["ChangeCarer"] = new(t => t.EntrustedAsync(), async (t, on, by) => await t.Registry.Care.ChangeCarerAsync(new()
        { ChildId = on.Child, Carer = Aunt, Relation = CarerRelation.OtherRelative, ChildHeard = ChildOpinion.CannotExpress, ExpectedVersion = on.Version }, by)),
        ["EndCare"] = new(t => t.EntrustedAsync(), async (t, on, by) =>
            await t.Registry.Care.EndCareAsync(new() { ChildId = on.Child, Reason = CareEndReason.CarerUnable, ExpectedVersion = on.Version }, by)),
        ["FindCarerUnfit"] = new(t => t.EntrustedAsync(), async (t, on, by) =>
            await t.Registry.Care.FindCarerUnfitAsync(new() { ChildId = on.Child, Ground = CarerBar.Neglect, ExpectedVersion = on.Version }, by)),
        ["LogParentContact"] = new(t => t.EntrustedAsync(), async (t, on, by) => await t.Registry.Care.LogParentContactAsync(new()
        { ChildId = on.Child, Parent = Parent.Father, Channel = ContactChannel.Phone, On = Today, ExpectedVersion = on.Version }, by)),

        ["AssignWorker"] = new(async t => await t.VisitsOfAsync(await t.FileAsync()), async (t, on, by) =>
            await t.Registry.Visits.AssignWorkerAsync(new() { ChildId = on.Child, Account = "worker-3", Name = "何小川", ExpectedVersion = on.Version }, by)),
        ["RecordVisit"] = new(t => t.FileAsync(), async (t, on, by) => await t.Registry.Visits.RecordVisitAsync(Told.Visit(on, VisitFinding.LivingInOrder), by)) { IsVersioned = false },
        ["CorrectVisit"] = new(t => t.VisitedAsync(), async (t, on, by) => await t.Registry.Visits.CorrectVisitAsync(new()
        { ChildId = on.Child, VisitId = on.Thing, Findings = { VisitFinding.LivingPoor }, ExpectedVersion = on.Version }, by)),
        ["AcknowledgeSituation"] = new(t => t.AbnormalAsync(), async (t, on, by) => await t.Registry.Visits.AcknowledgeSituationAsync(new()
        { ChildId = on.Child, SituationId = on.Thing, ExpectedVersion = on.Version }, by), StatusCode.OK)
        { OfTheTown = true },

        ["RecordScreening"] = new(t => t.CampaignAsync(), async (t, on, by) => await t.Registry.Hazards.RecordScreeningAsync(new()
        { RequestId = on.Request, CampaignId = on.Thing, VillageCode = Places.Matian, ScreenedOn = Today, Children = { new ScreenedChild { ChildId = on.Child } } }, by))
        { IsVersioned = false, OfTheTown = true },
        ["RecordInjury"] = new(t => t.FileAsync(), async (t, on, by) => await t.Registry.Hazards.RecordInjuryAsync(new()
        { RequestId = on.Request, ChildId = on.Child, Kind = HazardKind.Fall, OccurredOn = Today, Severity = InjurySeverity.Minor }, by))
        { IsVersioned = false },
        ["OrderRectification"] = new(t => t.HazardAsync(), async (t, on, by) => await t.Registry.Hazards.OrderRectificationAsync(new()
        { HazardId = on.Thing, Level = RectifyingLevel.Town, Department = RectifyingDepartment.Education, ExpectedVersion = on.Version }, by), StatusCode.OK),
        ["RecordRectified"] = new(t => t.HazardAsync(), async (t, on, by) => await t.Registry.Hazards.RecordRectifiedAsync(new()
        { HazardId = on.Thing, RectifiedOn = Today, ExpectedVersion = on.Version }, by), StatusCode.OK),
    };
}
