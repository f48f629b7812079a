using LeftBehind.Intake;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Partners;
using LeftBehind.Sealing;

namespace LeftBehind.Registry.Tests;

/// <summary>Every field of every kind of row: missing, too long, or wrong, told by its path.</summary>
public sealed class HouseholdRowCheckTests
{
    private static readonly HouseholdRowCheck Check = new(Samples.Tree, new(new BlindIndex(new byte[32]), new IdNumberIndex(new byte[32])), Samples.Prefixes);

    private static readonly Dictionary<string, (string Field, Action<HouseholdRow> Spoil)> Wrong = new()
    {
        ["no kind"] = ("row", r => r.ClearRow()),
        ["household without a number"] = ("household.household_no", r => Household(r).HouseholdNo = ""),
        ["household with an endless number"] = ("household.household_no", r => Household(r).HouseholdNo = new('1', 65)),
        ["household with an endless address"] = ("household.address", r => Household(r).Address = new('村', 301)),
        ["household of another residency"] = ("household.residency", r => Household(r).Residency = (Residency)9),
        ["household without a village"] = ("household.residence_code", r => Household(r).ResidenceCode = ""),
        ["household in an unknown village"] = ("household.residence_code", r => Household(r).ResidenceCode = "431003101999"),
        ["household in a town"] = ("household.residence_code", r => Household(r).ResidenceCode = "431003101"),
        ["household in words"] = ("household.residence_code", r => Household(r).ResidenceCode = "麻田村"),
        ["member without a household"] = ("member.household_no", r => Member(r).HouseholdNo = ""),
        ["member of an endless household"] = ("member.household_no", r => Member(r).HouseholdNo = new('1', 65)),
        ["member without a number"] = ("member.person_no", r => Member(r).PersonNo = ""),
        ["member with an endless number"] = ("member.person_no", r => Member(r).PersonNo = new('1', 65)),
        ["member with an endless name"] = ("member.name", r => Member(r).Name = new('禾', 101)),
        ["member with an endless ID number"] = ("member.id_number", r => Member(r).IdNumber = new('1', 101)),
        ["member with an endless phone"] = ("member.phone", r => Member(r).Phone = new('1', 65)),
        ["member of another sex"] = ("member.sex", r => Member(r).Sex = (Sex)3),
        ["member of another relation"] = ("member.relation", r => Member(r).Relation = (Relation)99),
        ["birth in another order"] = ("member.birth_date", r => Member(r).BirthDate = "01/05/2016"),
        ["birth on no day"] = ("member.birth_date", r => Member(r).BirthDate = "2015-02-29"),
        ["birth after the row"] = ("member.birth_date", r => Member(r).BirthDate = "2026-03-03"),
        ["birth before anybody"] = ("member.birth_date", r => Member(r).BirthDate = "1899-12-31"),
        ["parent of nobody"] = ("parent.person_no", r => Parent(r).PersonNo = ""),
        ["parent of an endless number"] = ("parent.person_no", r => Parent(r).PersonNo = new('1', 65)),
        ["which parent"] = ("parent.parent", r => Parent(r).Parent = Protos.Registry.V1.Parent.Unspecified),
        ["a third parent"] = ("parent.parent", r => Parent(r).Parent = (Parent)3),
        ["parent of another state"] = ("parent.status", r => Parent(r).Status = (ParentState)8),
        ["away since when"] = ("parent.since", r => Parent(r).Since = ""),
        ["away since in another order"] = ("parent.since", r => Parent(r).Since = "2025.2.10"),
        ["away from tomorrow"] = ("parent.since", r => Parent(r).Since = "2026-03-03"),
        ["away for ever"] = ("parent.since", r => Parent(r).Since = "0001-01-01"),
        ["work in no division"] = ("parent.work_code", r => Parent(r).WorkCode = "广东"),
        ["work in an unknown division"] = ("parent.work_code", r => Parent(r).WorkCode = "99"),
        ["hukou in no division"] = ("member.hukou_code", r => Member(r).HukouCode = "99"),
        ["disability of nobody"] = ("disability_certified.person_no", r => Disability(r).PersonNo = ""),
        ["disability of no grade"] = ("disability_certified.grade", r => Disability(r).Grade = 0),
        ["disability of a fifth grade"] = ("disability_certified.grade", r => Disability(r).Grade = 5),
        ["disability of no kind"] = ("disability_certified.kind", r => Disability(r).Kind = DisabilityKind.Unspecified),
        ["disability of another kind"] = ("disability_certified.kind", r => Disability(r).Kind = (DisabilityKind)8),
        ["a withdrawn grade"] = ("disability_certified.grade", r => Disability(r).Withdrawn = true),
        ["a withdrawn kind"] = ("disability_certified.kind", r => (Disability(r).Withdrawn, r.DisabilityCertified.Grade) = (true, 0)),
        ["illness of nobody"] = ("illness_diagnosed.person_no", r => Illness(r).PersonNo = ""),
        ["illness of no kind"] = ("illness_diagnosed.kind", r => Illness(r).Kind = IllnessKind.Unspecified),
        ["illness of another kind"] = ("illness_diagnosed.kind", r => Illness(r).Kind = (IllnessKind)50),
        ["illness ended and serious"] = ("illness_diagnosed.serious", r => Illness(r).Ended = true),
        ["aid to nobody"] = ("aid_granted.person_no", r => r.AidGranted = new() { Kind = AidKind.Medical }),
        ["aid of no kind"] = ("aid_granted.kind", r => r.AidGranted = new() { PersonNo = "p" }),
        ["aid that ended to nobody"] = ("aid_ended.person_no", r => r.AidEnded = new() { Kind = AidKind.Medical }),
        ["aid that ended of another kind"] = ("aid_ended.kind", r => r.AidEnded = new() { PersonNo = "p", Kind = (AidKind)6 }),
        ["guardian of nobody"] = ("guardianship_changed.person_no", r => r.GuardianshipChanged = new()),
        ["guardian of another kind"] = ("guardianship_changed.guardian", r => r.GuardianshipChanged = new() { PersonNo = "p", Guardian = (GuardianKind)6 }),
        ["death of nobody"] = ("death.person_no", r => r.Death = new()),
        ["death of a third parent"] = ("death.parent", r => r.Death = new() { PersonNo = "p", Parent = (Parent)3 }),
        ["carer of nobody"] = ("carer.person_no", r => Carer(r).PersonNo = ""),
        ["carer of another kind"] = ("carer.kind", r => Carer(r).Kind = (CarerKind)(-1)),
        ["carer with an endless name"] = ("carer.name", r => Carer(r).Name = new('花', 101)),
        ["carer with an endless phone"] = ("carer.phone", r => Carer(r).Phone = new('1', 65)),
    };

    public static TheoryData<string> Faults() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_wrong_field_is_named_by_its_path_without_its_content(string fault)
    {
        var message = new HouseholdRow();
        Wrong[fault].Spoil(message);
        var row = Row(message);
        Assert.Null(Check.Check(row));
        Assert.Equal((Verdict.Rejected, Wrong[fault].Field), (row.Verdict, row.Field));
        Assert.NotEmpty(row.Reason!);
        Assert.DoesNotContain("999", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_can_be_taken_stay_open_and_say_what_they_are_about()
    {
        Action<HouseholdRow>[] fill = [r => Household(r), r => Member(r), r => Parent(r), r => Carer(r)];
        var keys = fill.Select(f =>
        {
            var message = new HouseholdRow();
            f(message);
            var row = Row(message);
            var found = Check.Check(row);
            Assert.True(row.IsOpen);
            return found!;
        }).ToList();
        Assert.Equal(4, keys.Select(k => k.Order).Distinct().Count());
        Assert.Equal([true, true, false, false], keys.Select(k => k.Provides is not null));
    }

    [Fact]
    public void A_member_may_lack_everything_but_its_numbers() =>
        Assert.NotNull(Check.Check(Row(new() { Member = new() { HouseholdNo = "h", PersonNo = "p" } })));

    [Fact]
    public void The_same_number_of_two_sources_is_two_things()
    {
        var message = new HouseholdRow();
        Member(message);
        Assert.NotEqual(Check.Check(Row(message))!.Order, Check.Check(Row(message, "maternal-child"))!.Order);
    }

    [Fact]
    public void A_grant_and_its_end_are_one_thing_as_are_a_parents_statuses_and_death()
    {
        Guid OrderOf(HouseholdRow message) => Check.Check(Row(message))!.Order;
        Assert.Equal(OrderOf(new() { AidGranted = new() { PersonNo = "p", Kind = AidKind.Medical } }), OrderOf(new() { AidEnded = new() { PersonNo = "p", Kind = AidKind.Medical } }));
        Assert.NotEqual(OrderOf(new() { AidGranted = new() { PersonNo = "p", Kind = AidKind.Medical } }), OrderOf(new() { AidGranted = new() { PersonNo = "p", Kind = AidKind.Temporary } }));
        var status = new HouseholdRow();
        Parent(status);
        Assert.Equal(OrderOf(status), OrderOf(new() { Death = new() { PersonNo = "p", Parent = Protos.Registry.V1.Parent.Father } }));
        Assert.NotEqual(OrderOf(status), OrderOf(new() { Death = new() { PersonNo = "p" } }));
    }

    private static DisabilityCertified Disability(HouseholdRow row) =>
        row.DisabilityCertified = new() { PersonNo = "p", Grade = 2, Kind = DisabilityKind.Hearing };

    private static IllnessDiagnosed Illness(HouseholdRow row) => row.IllnessDiagnosed = new() { PersonNo = "p", Kind = IllnessKind.Leukaemia, Serious = true };

    private static PushedRow<HouseholdRow> Row(HouseholdRow message, string source = "population-base") =>
        new(message, source, "e1", []) { EffectiveOn = Samples.Today };

    private static Household Household(HouseholdRow row) => row.Household = new() { HouseholdNo = "h", ResidenceCode = "431003101218", Residency = Residency.Rural };

    private static Member Member(HouseholdRow row) => row.Member = new() { HouseholdNo = "h", PersonNo = "p", Name = "李小禾", BirthDate = "2016-05-01" };

    private static ParentStatus Parent(HouseholdRow row) =>
        row.Parent = new() { PersonNo = "p", Parent = Protos.Registry.V1.Parent.Father, Status = ParentState.OutForWork, Since = "2025-02-10", WorkCode = "43" };

    private static Carer Carer(HouseholdRow row) => row.Carer = new() { PersonNo = "p", Kind = CarerKind.Grandparents, Name = "王桂花" };
}
