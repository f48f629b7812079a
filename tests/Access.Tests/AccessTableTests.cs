using LeftBehind.Contracts;
using static LeftBehind.Access.Department;

namespace LeftBehind.Access.Tests;

/// <summary>The table in code against the table of the domain document, copied word for word.</summary>
public class AccessTableTests
{
    // figures … intervention, court; columns: civil affairs | education / school | police | justice | health | League, Women's, DPF | partner.
    private const string Document =
        """
        Figures           | all levels            | all levels             | all levels   | all levels | all levels           | all levels           | –
        Identity          | village, town, county | own pupils             | county, case | case       | case                 | –                    | write only
        Contact           | village, town, county | own pupils             | case         | case       | case                 | case                 | write only
        HealthAid         | village, town, county | own pupils: flags      | –            | –          | own rows             | flags                | write only
        Schooling         | village, town, county | own pupils, county     | case         | case       | –                    | flags                | write only
        ReportResponse    | town, county          | own report's receipt   | county       | case       | own report's receipt | own report's receipt | –
        ReporterIdentity  | handler               | –                      | handler      | –          | –                    | –                    | –
        HotlineAppeal     | county, case          | case                   | case         | case       | case                 | case                 | –
        CallerIdentity    | handler               | –                      | handler      | –          | –                    | case                 | –
        AssessmentPlan    | town, county          | services to own pupils | case         | case       | services given       | services given       | –
        InterventionCourt | county                | –                      | case         | case       | –                    | –                    | –
        """;

    private static readonly Department[][] Columns =
        [[CivilAffairs], [Education], [Police], [Justice], [Health], [YouthLeague, WomensFederation, DisabledPersonsFederation], [Department.Partner]];

    private static readonly Dictionary<string, Right> Words = new()
    {
        ["–"] = Right.Nothing,
        ["all levels"] = Right.AllLevels,
        ["village"] = Right.Village,
        ["town"] = Right.Town,
        ["county"] = Right.County,
        ["case"] = Right.Case,
        ["own pupils"] = Right.OwnPupils,
        ["own pupils: flags"] = Right.OwnPupilFlags,
        ["own rows"] = Right.OwnRows,
        ["flags"] = Right.Flags,
        ["own report's receipt"] = Right.OwnReportReceipt,
        ["handler"] = Right.Handler,
        ["services to own pupils"] = Right.ServicesToOwnPupils,
        ["services given"] = Right.ServicesGiven,
        ["write only"] = Right.WriteOnly
    };

    public static TheoryData<FieldGroup, Department, string> Cells()
    {
        var cells = new TheoryData<FieldGroup, Department, string>();
        foreach (var line in Document.Split('\n', StringSplitOptions.TrimEntries))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            foreach (var (column, departments) in Columns.Index())
            {
                foreach (var department in departments)
                    cells.Add(Enum.Parse<FieldGroup>(parts[0]), department, parts[column + 1]);
            }
        }

        return cells;
    }

    [Theory, MemberData(nameof(Cells))]
    public void Each_cell_says_what_the_document_says(FieldGroup group, Department department, string cell)
    {
        var expected = cell.Split(", ").Aggregate(Right.Nothing, (right, word) => right | Words[word]);

        Assert.Equal(expected, AccessTable.Cell(group, department));
    }

    [Fact]
    public void Every_field_group_and_department_has_a_cell()
    {
        var written = Cells().Select(cell => (cell.Data.Item1, cell.Data.Item2)).ToHashSet();

        foreach (var group in Enum.GetValues<FieldGroup>())
        {
            Assert.Single(AccessTable.Rows, row => row.Group == group);
            foreach (var department in Enum.GetValues<Department>().Except([Platform]))
                Assert.Contains((group, department), written);
            Assert.Equal(Right.Nothing, AccessTable.Cell(group, Platform));
        }
    }

    [Fact]
    public void City_and_province_see_figures_only()
    {
        foreach (var department in Enum.GetValues<Department>().Except([Department.Partner, Platform]))
        {
            foreach (var level in new[] { DivisionLevel.City, DivisionLevel.Province })
            {
                foreach (var group in Enum.GetValues<FieldGroup>().Except([FieldGroup.Figures]))
                    Assert.Equal(Detail.None, AccessTable.Shown(department, Role.Officer, level, group, AllTies & ~Tie.Escalated));
                Assert.Equal(Detail.Full, AccessTable.Shown(department, Role.Officer, level, FieldGroup.Figures, Tie.None));
            }
        }
    }

    [Fact]
    public void A_case_escalated_to_the_city_is_seen_there_by_departments_that_work_on_cases()
    {
        Assert.Equal(Detail.Full, AccessTable.Shown(CivilAffairs, Role.Officer, DivisionLevel.City, FieldGroup.InterventionCourt, Tie.Escalated));
        Assert.Equal(Detail.Full, AccessTable.Shown(Police, Role.Officer, DivisionLevel.City, FieldGroup.InterventionCourt, Tie.Escalated));
        Assert.Equal(Detail.None, AccessTable.Shown(Health, Role.Officer, DivisionLevel.City, FieldGroup.InterventionCourt, Tie.Escalated));
    }

    [Fact]
    public void A_school_sees_its_own_pupils_and_no_others()
    {
        Assert.Equal(Detail.Full, AccessTable.Shown(Education, Role.School, DivisionLevel.Town, FieldGroup.Identity, Tie.OwnPupil));
        Assert.Equal(Detail.None, AccessTable.Shown(Education, Role.School, DivisionLevel.Town, FieldGroup.Identity, Tie.Assigned));
        Assert.Equal(Detail.Flags, AccessTable.Shown(Education, Role.School, DivisionLevel.Town, FieldGroup.HealthAid, Tie.OwnPupil));
        Assert.Equal(Detail.Services, AccessTable.Shown(Education, Role.School, DivisionLevel.Town, FieldGroup.AssessmentPlan, Tie.OwnPupil));
    }

    [Fact]
    public void A_school_of_the_county_town_is_not_the_county()
    {
        Assert.Equal(Detail.None, AccessTable.Shown(Education, Role.School, DivisionLevel.County, FieldGroup.Schooling, Tie.None));
        Assert.Equal(Detail.Full, AccessTable.Shown(Education, Role.Officer, DivisionLevel.County, FieldGroup.Schooling, Tie.None));
    }

    [Theory]
    [InlineData(CivilAffairs, Role.VillageWorker, DivisionLevel.Village, true)]
    [InlineData(CivilAffairs, Role.TownOfficer, DivisionLevel.Town, true)]
    [InlineData(CivilAffairs, Role.Officer, DivisionLevel.County, true)]
    [InlineData(CivilAffairs, Role.Officer, DivisionLevel.City, false)]
    [InlineData(CivilAffairs, Role.Officer, DivisionLevel.Province, false)]
    [InlineData(Police, Role.Officer, DivisionLevel.County, true)]
    [InlineData(Police, Role.Officer, DivisionLevel.Town, false)]
    [InlineData(Education, Role.Officer, DivisionLevel.County, false)]
    [InlineData(Education, Role.School, DivisionLevel.Town, false)]
    [InlineData(Health, Role.Officer, DivisionLevel.County, false)]
    [InlineData(Department.Partner, Role.Partner, DivisionLevel.County, false)]
    [InlineData(Platform, Role.Operations, DivisionLevel.Province, false)]
    public void Child_access_is_identity_of_every_child_inside(Department department, Role role, DivisionLevel level, bool expected) =>
        Assert.Equal(expected, SmallTree.Caller(department, role, level).MayNameChildren);

    private const Tie AllTies = Tie.Assigned | Tie.OwnPupil | Tie.OwnRow | Tie.OwnReport | Tie.Handler | Tie.ServiceGiven | Tie.Escalated;
}
