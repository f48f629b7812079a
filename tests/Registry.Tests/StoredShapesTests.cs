using System.Text.Json;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests;

/// <summary>What was written before a member was added is read for ever.</summary>
public sealed class StoredShapesTests
{
    private const string OldFacts =
        """{"state":"Open","residence":"431003101218@2023","birthDate":"2016-05-01","sex":"Female","category":"InDifficulty","carer":"Grandparents","verified":true}""";

    [Fact]
    public void Facts_without_the_optional_members_are_not_collected()
    {
        var told = JsonSerializer.Deserialize<ChildRecorded>($$"""{"childId":"00000000-0000-4000-8000-000000000001","change":"CategoryChanged","after":{{OldFacts}}}""", EventTypes.Json)!;
        var facts = told.After;
        Assert.Null(told.Why);
        Assert.Equal((ChildCategory.InDifficulty, Difficulties.None), (facts.Category, facts.Difficulties));
        Assert.Equal((null, null, null, null), (facts.Disability, facts.Illness, facts.Aid, facts.Guardian));
        Assert.Equal((null, null, null), (facts.DisabilityKind, facts.Hukou, facts.Reopened));
    }

    [Fact]
    public void Events_of_the_first_version_are_read_as_of_it()
    {
        var changed = (CategoryChanged)RegistryModule.Events.Read("category_changed",
            $$"""{"from":"None","ruleVersion":"2016-13/1","determinedOn":"2026-03-01","after":{{OldFacts}}}""");
        var child = Samples.File(new(2016, 5, 1)).After(changed);
        Assert.Equal((Eligibility.FirstVersion, null), (child.RuleVersion, child.Determined!.Findings));
        Assert.Equal(new(2026, 3, 1), child.Determined.On);
    }

    [Fact]
    public void Several_grounds_and_reasons_travel_and_come_back_the_same()
    {
        var child = Samples.File(new(2016, 5, 1));
        var facts = child.Facts with
        {
            Category = ChildCategory.InDifficulty,
            Difficulties = Difficulties.Hardship | Difficulties.SeriousIllness,
            Illness = Illness.Serious,
            Aid = AidKinds.MinimumLiving | AidKinds.Medical,
            Guardian = GuardianKind.Missing,
            Disability = DisabilityGrade.Grade2,
            DisabilityKind = DisabilityKind.Multiple,
            Hukou = Samples.Matian,
            Reopened = ReopenReason.MovedBack,
        };
        var told = new ChildRecorded(child.Id, ChildChange.CategoryChanged, facts, CategoryReasons.DifficultyFound | CategoryReasons.ParentsLeft);
        Assert.Equal(told, JsonSerializer.Deserialize<ChildRecorded>(JsonSerializer.Serialize(told, EventTypes.Json), EventTypes.Json));
        var changed = DetermineCategory.Decide(child.After(RecordNeeds.Aid(child, AidKinds.MinimumLiving, true, "aid")!), Samples.Today).Single();
        var read = (CategoryChanged)RegistryModule.Events.Read("category_changed", JsonSerializer.Serialize((CategoryChanged)changed, EventTypes.Json));
        Assert.Equal(((CategoryChanged)changed).Findings, read.Findings);
        Assert.Equal(((CategoryChanged)changed).Inputs, read.Inputs);
    }
}
