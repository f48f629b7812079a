using System.Net;
using System.Text;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.EventLog;
using LeftBehind.Platform.Webhooks;

namespace LeftBehind.Platform.Tests;

/// <summary>What a webhook may become, where it may go, and how it signs.</summary>
public class WebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 1, 0, 0, TimeSpan.Zero);
    private static readonly WebhookRules Rules = new();
    private static readonly Attempt Broken = new(false, "503");

    private static readonly Webhook Hook = new(
        Guid.NewGuid(), new("officer", Department.CivilAffairs, Role.Officer, DivisionId.Parse("431003@2023")), DivisionId.Parse("431003@2023"), "https://changes.example/in", [], default, default!, Now)
    { At = new(Guid.NewGuid(), 7), NextAt = Now };

    public static TheoryData<string, string> Forbidden() => [.. from hook in States().Keys from step in Steps().Keys
        let to = Steps()[step].To
        where !Webhook.Transitions.Contains((States()[hook].State, to)) && !(States()[hook].State == to && to is WebhookState.Ended)
        select (hook, step)];

    [Theory, MemberData(nameof(Forbidden))]
    public void What_the_table_does_not_allow_is_refused(string state, string step) =>
        Assert.Throws<RejectedException>(() => Steps()[step].Take(States()[state]));

    [Fact]
    public void A_failure_is_tried_again_later_each_time_and_too_many_park_it_with_what_it_met_and_since_when()
    {
        var hook = Hook;
        for (var attempt = 1; attempt < Rules.MostAttempts; attempt++)
        {
            hook = hook.Failed(Broken, Now.AddMinutes(attempt), Rules);
            Assert.Equal((WebhookState.Active, attempt, Now.AddMinutes(attempt) + Rules.RetryAfter(attempt)), (hook.State, hook.Attempts, hook.NextAt));
        }
        hook = hook.Failed(Broken, Now.AddDays(1), Rules);
        Assert.Equal((WebhookState.Parked, 2L, "503", Now.AddMinutes(1), 7L), (hook.State, hook.Version, hook.LastStatus, hook.FailingSince, hook.At.Sequence));
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(n => Rules.RetryAfter(n).TotalSeconds));
        Assert.Equal(Rules.LongestRetry, Rules.RetryAfter(int.MaxValue));
    }

    [Fact]
    public void What_was_taken_is_passed_and_no_longer_fails()
    {
        var hook = (Hook with { SendingTo = 9 }).Failed(Broken, Now, Rules).Delivered(9, "204", Now.AddHours(1));
        Assert.Equal((9L, null, 0, "204", null, 1L), (hook.At.Sequence, hook.SendingTo, hook.Attempts, hook.LastStatus, hook.FailingSince, hook.Version));
    }

    [Fact]
    public void In_another_store_it_goes_on_from_the_beginning_and_in_its_own_where_it_stopped()
    {
        var parked = (Hook with { SendingTo = 9 }).Failed(new(false, "410", IsFinal: true), Now, Rules);
        Assert.Equal((7L, 9L), (parked.Resumed(Hook.At.Incarnation, Now).At.Sequence, parked.Resumed(Hook.At.Incarnation, Now).SendingTo));
        Assert.Equal((0L, null), (parked.Resumed(Guid.NewGuid(), Now).At.Sequence, parked.Resumed(Guid.NewGuid(), Now).SendingTo));
    }

    [Fact]
    public void A_signature_is_the_one_that_the_specification_gives()
    {
        // The example that libraries of Standard Webhooks are tested with.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    public void No_private_address_is_reached_unless_it_is_allowed(string address, bool allowed)
    {
        Assert.Equal(allowed, Rules.Allows(IPAddress.Parse(address)));
        Assert.True(new WebhookRules { AllowedNetworks = ["0.0.0.0/0", "::/0"] }.Allows(IPAddress.Parse(address)));
    }

    private static Dictionary<string, Webhook> States() => new()
    {
        ["active"] = Hook, ["parked"] = Hook.Failed(new(false, "410", IsFinal: true), Now, Rules), ["ended"] = Hook.Ended(),
    };

    private static Dictionary<string, (WebhookState To, Func<Webhook, Webhook> Take)> Steps() => new()
    {
        ["resume"] = (WebhookState.Active, h => h.Resumed(h.At.Incarnation, Now)), ["park"] = (WebhookState.Parked, h => h.Failed(new(false, "410", IsFinal: true), Now, Rules)),
        ["end"] = (WebhookState.Ended, h => h.Ended()),
    };
}
