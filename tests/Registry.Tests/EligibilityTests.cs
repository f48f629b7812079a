using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Tests;

/// <summary>国发〔2016〕13号, every combination.</summary>
public sealed class EligibilityTests
{
    /// <summary>
    /// Father down, mother across, in the order of <see cref="ParentState"/>: both out (B), one out and the other without
    /// guardianship capacity (O), both without it (D), nothing (-).
    /// </summary>
    private static readonly string[] Table =
    [
        /* NotCollected */ "--------",
        /* AtHome       */ "--------",
        /* OutForWork   */ "--BOOOOO",
        /* Deceased     */ "--ODDDDD",
        /* Missing      */ "--ODDDDD",
        /* Imprisoned   */ "--ODDDDD",
        /* Incapable    */ "--ODDDDD",
        /* NoContact    */ "--ODDDDD",
    ];

    private static readonly DateOnly Fifteen = Samples.Today.AddYears(-16).AddDays(1);
    private static readonly DateOnly Sixteen = Samples.Today.AddYears(-16);

    public static TheoryData<ParentState, ParentState, char> Parents()
    {
        var data = new TheoryData<ParentState, ParentState, char>();
        foreach (var father in Enum.GetValues<ParentState>())
            foreach (var mother in Enum.GetValues<ParentState>())
                data.Add(father, mother, Table[(int)father][(int)mother]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Parents))]
    public void Parents_residency_and_age_decide_together(ParentState father, ParentState mother, char found)
    {
        LeftBehindReason? reason = found switch { 'B' => LeftBehindReason.BothParentsOut, 'O' => LeftBehindReason.OneOutOtherWithoutCapacity, _ => null };
        var without = found is 'D' ? ChildCategory.InDifficulty : ChildCategory.None;
        foreach (var residency in Enum.GetValues<Residency>())
            foreach (var born in new DateOnly?[] { Fifteen, Sixteen, null })
            {
                var expected = (reason, born == Sixteen || residency is Residency.Urban, born is null || residency is Residency.Unknown) switch
                {
                    (null, _, _) or (_, true, _) => without,
                    (_, _, true) => ChildCategory.Undetermined,
                    _ => ChildCategory.LeftBehind,
                };
                var determined = Eligibility.Determine(born, residency, Samples.Long(father), Samples.Long(mother), Samples.Today);
                Assert.Equal((residency, born, expected), (residency, born, determined.Category));
                Assert.Equal(expected is ChildCategory.LeftBehind ? reason : null, determined.Reason);
            }
    }

    [Fact]
    public void Father_and_mother_count_alike()
    {
        foreach (var row in Parents())
        {
            var (father, mother, _) = row.Data;
            Assert.Equal(Eligibility.Determine(Fifteen, Residency.Rural, Samples.Long(father), Samples.Long(mother), Samples.Today).Category,
                Eligibility.Determine(Fifteen, Residency.Rural, Samples.Long(mother), Samples.Long(father), Samples.Today).Category);
        }
    }

    [Fact]
    public void The_last_day_of_childhood_in_the_sense_of_the_policy_is_the_one_before_the_16th_birthday()
    {
        var out2 = Samples.Long(ParentState.OutForWork);
        ChildCategory On(DateOnly day) => Eligibility.Determine(new(2010, 5, 20), Residency.Rural, out2, out2, day).Category;
        Assert.Equal(ChildCategory.LeftBehind, On(new(2026, 5, 19)));
        Assert.Equal(ChildCategory.None, On(new(2026, 5, 20)));
    }

    [Fact]
    public void The_16th_birthday_of_29_February_is_1_March_where_there_is_no_29th()
    {
        var out2 = Samples.Long(ParentState.OutForWork);
        ChildCategory On(DateOnly day) => Eligibility.Determine(new(2084, 2, 29), Residency.Rural, out2, out2, day).Category;
        Assert.Equal(ChildCategory.LeftBehind, On(new(2100, 2, 28)));
        Assert.Equal(ChildCategory.None, On(new(2100, 3, 1)));
    }

    [Fact]
    public void Every_condition_is_told_with_what_was_found_and_where_it_stands()
    {
        var findings = Eligibility.Determine(null, Residency.Rural, Samples.Long(ParentState.OutForWork), ParentRecord.Unknown, Samples.Today).Findings;
        Assert.Equal(
            [
                ("under 16", null, "国发〔2016〕13号"), ("rural", true, "国发〔2016〕13号"),
                ("father out for work for 30 days", true, "platform default"), ("mother out for work for 30 days", null, "platform default"),
                ("father without guardianship capacity", false, "国发〔2016〕13号"), ("mother without guardianship capacity", null, "国发〔2016〕13号"),
                ("both parents without guardianship capacity", false, "official form, outside the definition of 国发〔2016〕13号"), ("under 18", null, "未成年人保护法 §2"),
                ("seriously ill", null, "国发〔2016〕36号"), ("severely disabled (grade 1 or 2)", null, "国发〔2016〕36号"),
                ("de-facto unsupported", false, "民发〔2019〕62号"), ("in hardship (minimum living or extreme poverty aid)", null, "国发〔2016〕36号"),
                ("guardian missing", null, "国发〔2016〕36号"),
            ],
            findings.Select(f => (f.Condition, f.Found, f.Basis)));
    }
}
