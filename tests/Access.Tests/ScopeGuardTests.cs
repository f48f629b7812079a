using Grpc.Core;
using LeftBehind.Contracts;
using static LeftBehind.Access.Department;

namespace LeftBehind.Access.Tests;

public class ScopeGuardTests
{
    private const string GetReport = "leftbehind.reporting.v1.Reporting/GetReport";
    private const string GetReceipt = "leftbehind.registry.v1.Registry/GetReceipt";
    private const string RevealIdentities = "leftbehind.registry.v1.Registry/RevealIdentities";

    [Fact]
    public void Unknown_outside_and_not_assigned_give_the_same_answer()
    {
        var liaison = Admitted(GetReport, SmallTree.Caller(Justice, Role.CourtLiaison, DivisionLevel.County));

        var answers = new[]
        {
            Refusal(() => liaison.Require(null)),
            Refusal(() => liaison.Require(SmallTree.Id("431002"))),
            Refusal(() => liaison.Require(SmallTree.Id("431003101201")))
        };

        Assert.Equal([new Status(StatusCode.NotFound, ScopeGuard.Nothing)], answers.Distinct());
    }

    [Fact]
    public void An_assigned_case_inside_is_shown_in_full_and_one_outside_is_not()
    {
        var liaison = Admitted(GetReport, SmallTree.Caller(Justice, Role.CourtLiaison, DivisionLevel.County));

        Assert.Equal(Detail.Full, liaison.Require(SmallTree.Id("431003101201"), Tie.Assigned));
        Refusal(() => liaison.Require(SmallTree.Id("431002101201"), Tie.Assigned));
    }

    [Fact]
    public void Whoever_reported_keeps_the_receipt_wherever_the_child_is()
    {
        var teacher = Admitted(GetReport, SmallTree.Caller(Education, Role.School, DivisionLevel.Town));

        Assert.Equal(Detail.Receipt, teacher.Require(SmallTree.Id("431003101201"), Tie.OwnReport));
        Assert.Equal(Detail.Receipt, teacher.Require(SmallTree.Id("431102101201"), Tie.OwnReport));
        Refusal(() => teacher.Require(SmallTree.Id("431003101201")));
    }

    [Fact]
    public void A_tie_that_the_row_does_not_name_counts_for_nothing()
    {
        var school = SmallTree.Caller(Education, Role.School, DivisionLevel.Town);

        Assert.False(MethodTable.Find(RevealIdentities)!.Admits(school));
        Refusal(() => Admitted(RevealIdentities, school).Require(SmallTree.Id("431003101201"), Tie.OwnPupil));
    }

    [Fact]
    public void A_village_belongs_to_the_town_it_lies_in_today_and_not_to_the_one_in_its_code()
    {
        var today = SmallTree.Caller(CivilAffairs, Role.TownOfficer, DivisionLevel.Town, code: "431003101");
        var former = SmallTree.Caller(CivilAffairs, Role.TownOfficer, DivisionLevel.Town, code: "431003110");

        Assert.True(today.Sees(SmallTree.Id("431003110201")));
        Assert.False(former.Sees(SmallTree.Id("431003110201")));
    }

    [Fact]
    public void A_partner_reads_back_its_own_rows_only()
    {
        var partner = Admitted(GetReceipt, SmallTree.Caller(Department.Partner, Role.Partner, DivisionLevel.County, "population-base"));
        var operations = Admitted(GetReceipt, SmallTree.Caller(Platform, Role.Operations, DivisionLevel.Province));

        partner.RequireSource("population-base");
        operations.RequireSource("population-base");
        Refusal(() => partner.RequireSource("student-roll"));
        Refusal(() => partner.RequireSource(null));
        Refusal(() => operations.RequireSource(null));
    }

    private static Admission Admitted(string method, Caller caller) => new(MethodTable.Find(method)!, caller);

    private static Status Refusal(Action act) => Assert.Throws<RpcException>(act).Status;
}
