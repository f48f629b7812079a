using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;
using Npgsql;

namespace LeftBehind.Platform.Tests;

/// <summary>Who may list whom: every population and dimension, against every department at every level.</summary>
public sealed class ListSubjectsTests
{
    private const string Village = "431003101201";
    private static readonly DivisionTree Tree = Sample.Load(["43", "4310", "431003", "431003101", Village]);

    /// <summary>What the table of who may see what (domain, 9) says of each; a new dimension must be added here by hand.</summary>
    private static readonly Dictionary<string, FieldGroup[]> Rows = new()
    {
        ["onFile.total"] = [FieldGroup.Identity],
        ["onFile.ageSex"] = [FieldGroup.Identity],
        ["onFile.schooling"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["onFile.carer"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["onFile.category"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["onFile.health"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["onFile.aid"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["onFile.unattended"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.entrusted"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.screened"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.notified"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.contact"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.health"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["leftBehind.aid"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["inDifficulty.difficulty"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["onFile.verified"] = [FieldGroup.Identity],
        ["onFile.verifiedByVisit"] = [FieldGroup.Identity],
        ["onFile.worker"] = [FieldGroup.Identity],
        ["onFile.keyList"] = [FieldGroup.Identity, FieldGroup.HealthAid, FieldGroup.Schooling, FieldGroup.AssessmentPlan],
        ["leftBehind.visited"] = [FieldGroup.Identity],
        ["inDifficulty.visited"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["leftBehind.total"] = [FieldGroup.Identity],
        ["leftBehind.ageSex"] = [FieldGroup.Identity],
        ["leftBehind.schooling"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["leftBehind.carer"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.reason"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.educated"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["leftBehind.guarded"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.supported"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["leftBehind.healthy"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["leftBehind.safe"] = [FieldGroup.Identity, FieldGroup.Contact],
        ["leftBehind.boarding"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["leftBehind.grade"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["inDifficulty.total"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["inDifficulty.ageSex"] = [FieldGroup.Identity, FieldGroup.HealthAid],
        ["inDifficulty.schooling"] = [FieldGroup.Identity, FieldGroup.HealthAid, FieldGroup.Schooling],
        ["inDifficulty.carer"] = [FieldGroup.Identity, FieldGroup.HealthAid, FieldGroup.Contact],
        ["pupil.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.ageSex"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.schooling"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.state"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.match"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.boarding"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["leftBehind.screenedWinterHoliday"] = [FieldGroup.Identity],
        ["leftBehind.screenedSummerHoliday"] = [FieldGroup.Identity],
        ["leftBehind.screenedAfterSchool"] = [FieldGroup.Identity],
        ["hazard.total"] = [FieldGroup.Identity],
        ["hazard.kind"] = [FieldGroup.Identity],
        ["hazard.state"] = [FieldGroup.Identity],
        ["pupil.attendance"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.truancy"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pupil.dropout"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["classDay.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["classDay.roll"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["report.total"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["report.situation"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["report.category"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["report.urgency"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["report.state"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["report.delay"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["response.total"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["response.state"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["response.delay"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["placement.total"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["placement.state"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["placement.ground"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["placement.place"] = [FieldGroup.Identity, FieldGroup.ReportResponse],
        ["hotlineAppeal.total"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.class"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.state"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.channel"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.answer"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.transferred"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.psychologicalHelp"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.familyGuidance"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        ["hotlineAppeal.otherHelp"] = [FieldGroup.Identity, FieldGroup.HotlineAppeal],
        // Of what kind who reported was is listed for nobody.
        ["report.reporter"] = [FieldGroup.Identity, FieldGroup.ReportResponse, FieldGroup.ReporterIdentity],
        ["interventionCase.total"] = [FieldGroup.InterventionCourt],
        ["interventionCase.step"] = [FieldGroup.InterventionCourt],
        ["interventionCase.ground"] = [FieldGroup.InterventionCourt],
        ["interventionCase.order"] = [FieldGroup.InterventionCourt],
        ["interventionCase.state"] = [FieldGroup.InterventionCourt],
        ["assessment.total"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan], ["assessment.state"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["assessment.due"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan], ["assessment.risk"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["assessment.grade"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["plan.total"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan], ["plan.state"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["planService.total"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan], ["planService.state"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["planService.delivered"] = [FieldGroup.Identity, FieldGroup.AssessmentPlan],
        ["reconciliation.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["reconciliation.kind"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["reconciliation.state"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pairing.need"] = [FieldGroup.Identity, FieldGroup.Schooling, FieldGroup.HealthAid],
        ["pairing.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pairing.commitment"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pairing.plan"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pairing.talked"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["pairing.visited"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["admission.total"] = [FieldGroup.Identity, FieldGroup.Schooling], ["admission.state"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["admission.reason"] = [FieldGroup.Identity, FieldGroup.Schooling, FieldGroup.HealthAid],
        ["pupil.contactCard"] = [FieldGroup.Identity, FieldGroup.Schooling, FieldGroup.Contact],
        ["pupil.helpedCall"] = [FieldGroup.Identity, FieldGroup.Schooling, FieldGroup.Contact],
        ["nightRoll.total"] = [FieldGroup.Identity, FieldGroup.Schooling], ["nightRoll.roll"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["nightRoll.absence"] = [FieldGroup.Identity, FieldGroup.Schooling], ["handOver.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["handOver.result"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["hardship.total"] = [FieldGroup.Identity, FieldGroup.HealthAid], ["hardship.schooled"] = [FieldGroup.Identity, FieldGroup.HealthAid, FieldGroup.Schooling],
        ["disabled.total"] = [FieldGroup.Identity, FieldGroup.HealthAid], ["disabled.schooled"] = [FieldGroup.Identity, FieldGroup.HealthAid, FieldGroup.Schooling],
        ["pupil.enrolment"] = [FieldGroup.Identity, FieldGroup.Schooling], ["lawTerm.total"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["lawTerm.lessons"] = [FieldGroup.Identity, FieldGroup.Schooling], ["lawTerm.state"] = [FieldGroup.Identity, FieldGroup.Schooling],
        ["obligation.total"] = [FieldGroup.Identity],
        ["obligation.state"] = [FieldGroup.Identity],
        ["obligation.owner"] = [FieldGroup.Identity],
        ["obligation.late"] = [FieldGroup.Identity],
    };

    public static TheoryData<string, Department> Everyone =>
        [.. from dimension in Measures.All.Select(m => string.Join('.', m.Split('.').Take(2))).Distinct()
            from department in Enum.GetValues<Department>() select (dimension, department)];

    [Fact]
    public void Every_dimension_has_its_field_groups() =>
        Assert.Equal(Rows.Keys.Order(StringComparer.Ordinal), Everyone.Select(e => e.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Everyone))]
    public async Task Subjects_are_listed_for_who_reads_all_that_the_measure_tells(string dimension, Department department)
    {
        foreach (var caller in Callers(department))
            foreach (var measure in Measures.All.Where(m => m.StartsWith(dimension + ".", StringComparison.Ordinal)))
            {
                var reads = Rows[dimension].All(group => caller.Reads(group));
                Assert.True(reads == await IsLetInAsync(caller, measure), $"{caller.Department} {caller.Role} {caller.Level}: {measure}");
            }
    }

    [Theory]
    [InlineData("onFile.total.all", true)]
    [InlineData("leftBehind.ageSex.6-13.female", true)]
    [InlineData("onFile.schooling.droppedOut", false)]
    [InlineData("leftBehind.carer.none", false)]
    [InlineData("inDifficulty.total.all", false)]
    [InlineData("onFile.category.inDifficulty", false)]
    [InlineData("pupil.total.all", false)]
    [InlineData("pupil.match.waiting", false)]
    public async Task The_police_of_a_county_list_children_and_not_how_they_are_schooled_or_cared_for(string measure, bool letIn) =>
        Assert.Equal(letIn, await IsLetInAsync(Callers(Department.Police).Single(c => c.Level is DivisionLevel.County), measure));

    [Theory]
    [InlineData(Department.CivilAffairs, DivisionLevel.Village, "education registry")]
    [InlineData(Department.CivilAffairs, DivisionLevel.Town, "assessment education registry reporting")]
    [InlineData(Department.CivilAffairs, DivisionLevel.County, "assessment education guardianship registry reporting")]
    [InlineData(Department.CivilAffairs, DivisionLevel.City, "")]
    [InlineData(Department.Police, DivisionLevel.County, "registry reporting")]
    [InlineData(Department.WomensFederation, DivisionLevel.County, "")]
    public void Duties_are_read_of_the_services_whose_fields_are_read(Department department, DivisionLevel level, string services) =>
        Assert.All(Callers(department).Where(c => c.Level == level), c => Assert.Equal(services, string.Join(' ', ServiceFields.ReadBy(c).Order(StringComparer.Ordinal))));

    /// <summary>A village worker sees its village unmerged, and in it would see the one report; who names no child sees such villages merged.</summary>
    [Fact]
    public void Figures_of_reports_appeals_and_assessments_are_shown_to_nobody_who_names_children_and_reads_none_of_them()
    {
        var (reports, appeals) = (Measures.Of([Measures.Report, Measures.Response, Measures.Placement], []), Measures.Of([Measures.HotlineAppeal], []));
        short[] assessed = [.. Measures.Of([Measures.Assessment, Measures.Plan, Measures.Service], []), .. Measures.Of([Measures.LeftBehind], ["grade"])];
        foreach (var caller in Enum.GetValues<Department>().SelectMany(Callers))
        {
            var shown = GetFigures.For(caller, Measures.Of([], []));
            var hidden = !caller.MayNameChildren ? 0 : (caller.Reads(FieldGroup.ReportResponse) ? 0 : reports.Length) + (caller.Reads(FieldGroup.HotlineAppeal) ? 0 : appeals.Length)
                + (caller.Reads(FieldGroup.AssessmentPlan) ? 0 : assessed.Length);
            Assert.Equal(Measures.All.Count - hidden, shown.Length);
        }
        Assert.DoesNotContain(Callers(Department.CivilAffairs).Where(c => c.Level is DivisionLevel.Village), c => GetFigures.For(c, reports).Length > 0);
        Assert.DoesNotContain(Callers(Department.CivilAffairs).Where(c => c.Level is DivisionLevel.Town), c => GetFigures.For(c, reports).Length < reports.Length);
    }

    [Fact]
    public void Duties_of_a_service_without_a_field_group_are_read_by_nobody()
    {
        Assert.Null(ServiceFields.Of("unheard-of"));
        Assert.Null(ServiceFields.Of(null));
    }

    private static IEnumerable<Caller> Callers(Department department) =>
        from role in Enum.GetValues<Role>()
        from level in Enum.GetValues<DivisionLevel>()
        where Roles.Exists(role, department, level)
        select new Caller("u-1", department, role, DivisionId.Parse(Village[..DivisionCode.DigitsOf(level)] + "@2023"), Tree);

    /// <summary>Whoever is let in comes as far as the database, for which nobody waits here; and nobody else does.</summary>
    private static async Task<bool> IsLetInAsync(Caller caller, string measure)
    {
        var row = MethodTable.Find("leftbehind.platform.v1.Platform/ListSubjects")!;
        if (!row.Admits(caller))
            return false;
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        var list = new ListSubjects(nowhere, Tree, TimeProvider.System);
        var answer = await Record.ExceptionAsync(() => list.AnswerAsync(
            new() { DivisionCode = Tree.Code(caller.Division).ToString(), Measure = measure }, new CancelledCall(new(row, caller))));
        Assert.True(answer is OperationCanceledException or RpcException { StatusCode: StatusCode.PermissionDenied }, $"{answer}");
        return answer is OperationCanceledException;
    }
}
