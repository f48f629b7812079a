using LeftBehind.Assessment.Instruments;
using LeftBehind.EventLog;
using Xunit;

namespace LeftBehind.Assessment.Tests;

/// <summary>An instrument is right before anybody is assessed by it; whatever is wrong is said by its field.</summary>
public class InstrumentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly InstrumentContent Right = ShippedInstruments.All[ShippedInstruments.Risk];

    [Fact]
    public void The_shipped_instruments_are_right_and_say_what_is_a_platform_default()
    {
        Assert.All(ShippedInstruments.All.Values, content =>
        {
            Assert.Empty(InstrumentRules.FaultsOf(content));
            Assert.Contains("平台默认", content.Basis, StringComparison.Ordinal);
            Assert.All(content.Items, item => Assert.NotEmpty(item.Source));
        });
        Assert.Equal([InstrumentKind.Risk, InstrumentKind.Grade], ShippedInstruments.All.Values.Select(c => c.Kind));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "overlap", "cut_offs[1].from: 20 overlaps what ends at 25" },
        { "gap", "cut_offs[2].from: nothing is said of 50 to 60" },
        { "short", "cut_offs[2].to: 90; the last ends at 100" },
        { "backwards", "cut_offs[1].to: not after 25" },
        { "order", "cut_offs: each of Low, Medium, High once, in this order" },
        { "domain", "items[0].domain: elsewhere is no domain of the instrument" },
        { "item twice", "items[1].code: violence is there twice" },
        { "domain twice", "domains[1].code: safety is there twice" },
        { "empty domain", "domains[5].code: hazards has no item" },
        { "weight", "items[0].weight: 1 to 100" },
        { "domain weight", "domains[0].weight: 1 to 100" },
        { "points", "items[0].most: 1 to 10" },
        { "unsourced", "items[0].source: 1 to 200 characters: the law, the policy, or platform default" },
        { "nothing required", "items: one is required at least, or nothing need be answered" },
        { "trigger", "triggers[0].item: nowhere is no item of the instrument" },
        { "trigger on the best", "triggers[0].points: no answer of violence that says anything bad" },
        { "trigger beyond", "triggers[0].points: no answer of violence that says anything bad" },
        { "trigger's word", "triggers[0].outcome: none of Low, Medium, High" },
        { "code", "code: 2 to 40 small letters, digits and dashes, a letter first" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_with_it_is_said_by_its_field(string how, string fault) =>
        Assert.Contains(fault, InstrumentRules.FaultsOf(Broken(how)).Select(f => f.ToString()));

    [Fact]
    public void A_new_version_leaves_the_earlier_ones_and_the_same_again_is_none()
    {
        var instrument = new Instrument(Instrument.IdOf(Right.Code));
        instrument = Publish(instrument, Right);
        Assert.Empty(PublishInstrument.Decide(new(Right, "other"), instrument, Now));
        var other = Right with { Title = "另一版" };
        var two = Publish(instrument, other);
        Assert.Equal((2, Right, other, other), (two.Latest, two.Of(1)!.Content, two.Of(2)!.Content, two.Of(0)!.Content));
        Assert.Null(two.Of(3));
        Assert.Throws<RejectedException>(() => PublishInstrument.Decide(new(Right with { Kind = InstrumentKind.Grade }, "by"), two, Now));
    }

    private static Instrument Publish(Instrument instrument, InstrumentContent content) =>
        instrument.After(Assert.Single(PublishInstrument.Decide(new(content, "by"), instrument, Now)));

    private static InstrumentContent Broken(string how) => how switch
    {
        "overlap" => Cut(1, c => c with { From = 20 }),
        "gap" => Cut(2, c => c with { From = 60 }),
        "short" => Cut(2, c => c with { To = 90 }),
        "backwards" => Cut(1, c => c with { To = 25 }),
        "order" => Cut(0, c => c with { Outcome = "High" }),
        "domain" => Item(0, i => i with { Domain = "elsewhere" }),
        "item twice" => Item(1, i => i with { Code = "violence" }),
        "domain twice" => Domain(1, d => d with { Code = "safety" }),
        "empty domain" => Right with { Items = [.. Right.Items.Where(i => i.Domain != "hazards")] },
        "weight" => Item(0, i => i with { Weight = 0 }),
        "domain weight" => Domain(0, d => d with { Weight = 101 }),
        "points" => Item(0, i => i with { Most = 11 }),
        "unsourced" => Item(0, i => i with { Source = "" }),
        "nothing required" => Right with { Items = [.. Right.Items.Select(i => i with { Required = false })] },
        "trigger" => Trigger(t => t with { Item = "nowhere" }),
        "trigger on the best" => Trigger(t => t with { Points = 0 }),
        "trigger beyond" => Trigger(t => t with { Points = 4 }),
        "trigger's word" => Trigger(t => t with { Outcome = "Poor" }),
        "code" => Right with { Code = "Über" },
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };

    private static InstrumentContent Cut(int at, Func<CutOff, CutOff> change) => Right with { CutOffs = [.. Right.CutOffs.Select((c, i) => i == at ? change(c) : c)] };

    private static InstrumentContent Item(int at, Func<InstrumentItem, InstrumentItem> change) => Right with { Items = [.. Right.Items.Select((c, i) => i == at ? change(c) : c)] };

    private static InstrumentContent Domain(int at, Func<InstrumentDomain, InstrumentDomain> change) =>
        Right with { Domains = [.. Right.Domains.Select((c, i) => i == at ? change(c) : c)] };

    private static InstrumentContent Trigger(Func<HardTrigger, HardTrigger> change) => Right with { Triggers = [.. Right.Triggers.Select((t, i) => i == 0 ? change(t) : t)] };
}
