using System.Globalization;
using System.Security.Cryptography;
using Grpc.Core;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Hazards.Screenings;
using LeftBehind.Registry.Matching;
using CloseReason = LeftBehind.Protos.Registry.V1.CloseReason;
using FoundHazard = LeftBehind.Protos.Registry.V1.FoundHazard;
using HazardKind = LeftBehind.Protos.Registry.V1.HazardKind;
using HazardPlace = LeftBehind.Protos.Registry.V1.HazardPlace;
using VisitFinding = LeftBehind.Protos.Registry.V1.VisitFinding;

namespace LeftBehind.Registry.IntegrationTests.Commands;

/// <summary>Brings about what commands on a child are called on, each time of a child of its own.</summary>
internal sealed class Told(RegistryServers servers)
{
    private readonly Feed feed = servers.Partner();
    private int families;

    public RunningRegistry Registry => servers.Registry;

    public Protos.Registry.V1.Registry.RegistryClient Files => Registry.Client;

    public CallOptions County => Registry.AsAccount("user-7", Places.County);

    public CallOptions Town => Registry.AsAccount("user-7", Places.Matian[..9]);

    /// <summary>A child left behind, at the version of its file; it looks like no other, so that no search for duplicates tells of it meanwhile.</summary>
    public async Task<On> FileAsync()
    {
        var (name, born) = Unlike();
        return await SeenAsync(new((await feed.TakeAsync(feed.Family($"h{++families}", name, born)))[1]));
    }

    private static (string Name, string Born) Unlike() => (
        string.Concat(Enumerable.Range(0, 3).Select(_ => (char)RandomNumberGenerator.GetInt32('一', '龥'))),
        new DateOnly(2013, 1, 1).AddDays(RandomNumberGenerator.GetInt32(1500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public async Task<On> SeenAsync(On on) => on with { Version = (await Files.WhyEligibleAsync(new() { ChildId = on.Child }, County)).Version };

    public async Task<On> ClosedAsync() => await CloseAsync(await FileAsync());

    public async Task<On> CloseAsync(On on)
    {
        var seen = await SeenAsync(on);
        var closed = await Files.CloseFileAsync(new() { ChildId = on.Child, Reason = CloseReason.CloseEnteredInError, ExpectedVersion = seen.Version }, County);
        return on with { Version = closed.Version };
    }

    public async Task<On> WithPupilAsync()
    {
        var (pupil, no, (name, born)) = (new ToldPupil(Registry), ++families, Unlike());
        var number = IdNumber.Female(born);
        var child = (await feed.TakeAsync(feed.Household($"h{no}"), feed.Member($"h{no}", $"c{no}", name, born, number)))[1];
        await pupil.TellAsync(pupil.Told(number, name, born));
        return await SeenAsync(new(child, Thing: $"{pupil.Id}"));
    }

    public async Task<On> TwoFilesAsync() => (await FileAsync()) with { Thing = (await FileAsync()).Child };

    /// <summary>Two files on the work list of suspected duplicates.</summary>
    public async Task<On> SuspectedAsync()
    {
        var two = await TwoFilesAsync();
        var village = Contracts.DivisionId.Parse(Places.Matian + "@2023");
        await Registry.Service<EventStore>().RunAsync(work =>
        {
            DuplicateReview.Write(work, [new(Guid.Parse(two.Child), Guid.Parse(two.Thing), ReviewState.Suspected, 90, "Name:Same", village, village, TimeProvider.System.GetUtcNow())]);
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);
        return two;
    }

    public async Task<On> MergedAsync()
    {
        var two = await TwoFilesAsync();
        var merged = await Files.ConfirmDuplicateAsync(new() { ChildId = two.Child, OtherId = two.Thing, ExpectedVersion = two.Version }, County);
        return two with { Version = merged.ChildId == two.Child ? merged.Version : two.Version + 1 };
    }

    public async Task<On> EntrustedAsync()
    {
        var child = (await FileAsync()).Child;
        return new(child, (await new Caring.CaredFor(Registry, child).EntrustAsync(Day(0))).Version);
    }

    public async Task<On> VisitsOfAsync(On on) =>
        on with { Version = (await Registry.Visits.GetVisitsAsync(new() { ChildId = on.Child, Purpose = "走访前了解情况" }, County)).Version };

    public async Task<On> VisitedAsync()
    {
        var on = await FileAsync();
        return await VisitsOfAsync(on with { Thing = (await Registry.Visits.RecordVisitAsync(Visit(on, VisitFinding.LivingInOrder), County)).VisitId });
    }

    public async Task<On> AbnormalAsync()
    {
        var on = await FileAsync();
        return await VisitsOfAsync(on with { Thing = (await Registry.Visits.RecordVisitAsync(Visit(on, VisitFinding.LivingAlone), County)).Children[0].SituationId });
    }

    public static RecordVisitRequest Visit(On on, VisitFinding finding) => new()
    {
        RequestId = on.Request, VisitedAt = TimeProvider.System.GetUtcNow().Date.ToString("O", CultureInfo.InvariantCulture) + "Z",
        Children = { new VisitedChild { ChildId = on.Child, Findings = { finding } } },
    };

    public async Task<On> CampaignAsync() => (await FileAsync()) with
    {
        Thing = (await Registry.Hazards.OpenCampaignAsync(new() { Kind = CampaignKind.AfterSchool, DivisionCode = Places.Matian, From = Day(-1), Until = Day(30) }, County)).CampaignId,
    };

    public async Task<On> HazardAsync()
    {
        var on = await CampaignAsync();
        var screened = await Registry.Hazards.RecordScreeningAsync(new()
        {
            RequestId = on.Request, CampaignId = on.Thing, VillageCode = Places.Matian, ScreenedOn = Day(0),
            Children = { new ScreenedChild { ChildId = on.Child, Hazards = { new FoundHazard { Kind = HazardKind.Scald, Place = HazardPlace.Home } } } },
        }, Town);
        return on with { Thing = screened.Children[0].HazardIds[0], Version = 1 };
    }

    /// <summary>How many events were told of the child and of the thing.</summary>
    public async Task<int> EventsAsync(On on)
    {
        var child = Guid.Parse(on.Child);
        var count = 0;
        foreach (var stream in new[] { child, EntrustedCare.IdOf(child), LeftBehind.Registry.Visits.ChildVisits.IdOf(child), ChildSafety.IdOf(child), on.Thing.Length > 0 ? Guid.Parse(on.Thing) : Guid.Empty })
            count += (await Registry.EventsOfAsync($"{stream}")).Count;
        return count;
    }

    private static string Day(int days) => WorkCalendar.DayOf(TimeProvider.System.GetUtcNow()).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
