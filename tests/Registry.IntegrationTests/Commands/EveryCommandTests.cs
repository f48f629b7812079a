using Google.Protobuf.Reflection;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Registry.IntegrationTests.Commands;

/// <summary>Each command on a child × an unknown child, a closed file, a stale version, a division outside, the wrong role, and a repeat.</summary>
public sealed class EveryCommandTests(RegistryServers servers)
{
    /// <summary>Acts that are about no child: a work list, a campaign, and a village's list, whose lines have tests of their own.</summary>
    private static readonly string[] OfNoChild = ["ListSuspectedDuplicates", "OpenCampaign", "CloseCampaign", "ImportPaperList", "GetPaperListTemplate"];

    private readonly Told told = new(servers);

    public static TheoryData<string> Commands => [.. ChildCommands.All.Keys];

    [Fact]
    public void Every_command_of_the_protocol_has_its_row()
    {
        FileDescriptor[] protocol =
            [RegistryReflection.Descriptor, VisitsReflection.Descriptor, CareReflection.Descriptor, HazardsReflection.Descriptor, ErasureReflection.Descriptor, PaperListsReflection.Descriptor];
        var acts = from file in protocol
                   from service in file.Services
                   from method in service.Methods
                   where MethodTable.Find($"{service.FullName}/{method.Name}") is { Way: Way.Act }
                   select method.Name;
        Assert.Equal(acts.Except(OfNoChild).Order(), ChildCommands.All.Keys.Order());
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task An_unknown_child_and_one_outside_are_not_found_alike(string name)
    {
        var (command, on) = await GivenAsync(name);
        var unknown = new On($"{Guid.NewGuid()}", on.Version, on.Thing.Length > 0 ? $"{Guid.NewGuid()}" : "");
        var outside = servers.Registry.AsAccount("user-9", command.OfTheTown ? Places.NextCountyVillage[..9] : Places.NextCounty);
        var before = await told.EventsAsync(on);
        var (one, other) = (await RefusedAsync(command, unknown, By(command)), await RefusedAsync(command, on, outside));
        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (one.StatusCode, other.StatusCode));
        Assert.Equal(one.Detail, other.Detail);
        Assert.Equal(before, await told.EventsAsync(on));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task The_wrong_role_is_refused(string name)
    {
        var (command, on) = await GivenAsync(name);
        var before = await told.EventsAsync(on);
        foreach (var caller in new[]
        {
            servers.Registry.AsOfficer("4310"), servers.Registry.AsOfficer(Places.County, Department.Police), servers.Registry.AsOfficer(Places.County, Department.Education),
            servers.Registry.As("population-base", Places.County),
        })
            Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(command, on, caller)).StatusCode);
        Assert.Equal(before, await told.EventsAsync(on));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task A_stale_version_is_aborted_and_a_repeat_is_answered_as_it_is(string name)
    {
        var (command, on) = await GivenAsync(name);
        var before = await told.EventsAsync(on);
        if (command.IsVersioned)
        {
            Assert.Equal(StatusCode.Aborted, (await RefusedAsync(command, on with { Version = on.Version + 7 }, By(command))).StatusCode);
            Assert.Equal(before, await told.EventsAsync(on));
        }
        var done = await command.Call(told, on, By(command));
        var after = await told.EventsAsync(on);
        Assert.NotEqual(before, after);
        Assert.Equal(done, await command.Call(told, on, By(command)));
        Assert.Equal(after, await told.EventsAsync(on));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Of_a_closed_file_only_what_is_meant_for_it_is_done(string name)
    {
        var (command, on) = await GivenAsync(name);
        var closed = name is "ReopenFile" ? on : await told.CloseAsync(on);
        // The version seen is the file's, the visits', or the care's own; a merge was seen as it was made.
        var seen = Of(VisitsReflection.Descriptor, name) ? await told.VisitsOfAsync(on)
            : name is "EraseChild" || (name is not "UnlinkDuplicate" && Of(RegistryReflection.Descriptor, name)) ? closed : on;
        var before = await told.EventsAsync(on);
        if (command.Closed is StatusCode.OK)
            await command.Call(told, seen, By(command));
        else
        {
            Assert.Equal(command.Closed, (await RefusedAsync(command, seen, By(command))).StatusCode);
            Assert.Equal(before, await told.EventsAsync(on));
        }
    }

    private static bool Of(FileDescriptor protocol, string name) => protocol.Services[0].Methods.Any(m => m.Name == name);

    private CallOptions By(ChildCommand command) => command.OfTheTown ? told.Town : told.County;

    private async Task<(ChildCommand Command, On On)> GivenAsync(string name) => (ChildCommands.All[name], await ChildCommands.All[name].Given(told));

    private async Task<Status> RefusedAsync(ChildCommand command, On on, CallOptions caller) =>
        (await Assert.ThrowsAsync<RpcException>(() => command.Call(told, on, caller))).Status;
}
