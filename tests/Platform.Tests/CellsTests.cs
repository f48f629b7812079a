using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Platform.Figures;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

public sealed class CellsTests
{
    private static readonly Gen<SubjectFacts> Any = Gen.OneOf(
        Gen.Select(Sample.Child, Sample.Schooling, (child, schooling) => Sample.Of(child, schooling)),
        Sample.Child.Select(child => Sample.Of(child)), Gen.Select(Sample.Child, Sample.Visits, (child, visits) => Sample.Visited(Sample.Of(child), visits)),
        Gen.Select(Sample.Child, Sample.Care, (child, care) => Sample.Of(child).InCare(care)), Sample.Pupil.Select(Sample.Of), Sample.Obligation.Select(Sample.Of),
        Sample.Report.Select(Sample.Of), Sample.Response.Select(Sample.Of), Sample.Placement.Select(Sample.Of), Sample.Appeal.Select(Sample.Of),
        Sample.Hazard.Select(Sample.Of), Sample.Case.Select(Sample.Of), Sample.Assessment.Select(Sample.Of), Sample.Plan.Select(Sample.Of),
        Sample.Reconciliation.Select(Sample.Of), Sample.Pairing.Select(Sample.Of), Sample.Admission.Select(Sample.Of), Sample.Boarding.Select(Sample.Of), Sample.LawTerm.Select(Sample.Of), Gen.Select(Sample.Pupil, Sample.Card, (pupil, card) => Sample.Of(pupil).Carrying(card)),
        Gen.Select(Sample.Child, Gen.Enum<GuardianshipGrade>(), (child, grade) => Sample.Of(child).Graded(grade)),
        Gen.Select(Sample.Child, Sample.Screening, (child, screening) => Sample.Of(child).Screened(screening)));

    /// <summary>So every dimension of every division sums to the total of its population.</summary>
    [Fact]
    public void Whoever_counts_in_a_population_counts_in_exactly_one_bucket_of_each_of_its_dimensions() => Any.Sample(subject =>
    {
        var cells = Sample.Names(subject).Select(m => m.Split('.', 3)).ToList();
        foreach (var population in Measures.Populations)
        {
            var counted = cells.Count(c => c[0] == population && c[1] == "total");
            Assert.InRange(counted, 0, population is Measures.Service ? subject.Plan?.Facts.Services.Count ?? 0 : 1);
            foreach (var dimension in Measures.All.Select(m => m.Split('.', 3)).Where(m => m[0] == population).Select(m => m[1]).Distinct())
                Assert.Equal(counted, cells.Count(c => c[0] == population && c[1] == dimension));
        }
    }, iter: 3000);

    [Fact]
    public void Only_open_files_running_enrolments_duties_hazards_reports_responses_placements_appeals_cases_assessments_plans_differences_that_last_running_pairings_refused_admissions_and_late_sheets_of_boarders_and_terms_are_counted() => Any.Sample(subject => Assert.Equal(
        subject.Obligation is not null || subject.Hazard is not null || subject.Report is not null || subject.Response is not null || subject.Placement is not null || subject.Case is not null || subject.Appeal is not null || subject.Assessment is not null || subject.Plan is not null || subject.Reconciliation is { Facts.State: not ReconciliationState.Gone } || subject.Pairing is { Facts.Active: true } || subject.Admission is { Facts.Outcome: not AdmissionOutcome.NoRefusal } || subject.Boarding?.Facts.Date > Sample.Today.AddDays(-30) || subject.LawTerm?.Facts.Until > Sample.Today.AddDays(-180) || subject.Child is { Facts.State: FileState.Open } || subject.Pupil is { Facts.State: not (EnrolmentState.TransferredOut or EnrolmentState.Graduated or EnrolmentState.Left) },
        Cells.Of(subject, Sample.Today).Length > 0));

    [Fact]
    public void A_left_behind_child_is_counted_under_the_grade_of_its_last_assessment_and_boards_where_the_roll_that_speaks_for_it_says_so()
    {
        var child = Sample.Of(new ChildFacts(FileState.Open, Sample.Village, null, Sex.NotCollected, ChildCategory.LeftBehind, LeftBehindReason.BothParentsOut, CarerKind.NotCollected, false));
        Assert.Equal(["leftBehind.boarding.notCollected", "leftBehind.grade.notCollected"], Shown(child));
        var graded = child.Graded(GuardianshipGrade.Good).Graded(GuardianshipGrade.Poor, sequence: 3).Graded(GuardianshipGrade.Fair, sequence: 2);
        var boards = graded.After(new ChildSchoolingRecorded(Sample.Id, Guid.NewGuid(), Schooling.Primary, true, EnrolmentState.Enrolled, Sample.Today), new("education", 1, 1));
        Assert.Equal(["leftBehind.boarding.yes", "leftBehind.grade.poor"], Shown(boards));
        // One in difficulty alone has no line in the table.
        Assert.Empty(Shown(Sample.Of(new ChildFacts(FileState.Open, Sample.Village, null, Sex.NotCollected, ChildCategory.InDifficulty, null, CarerKind.NotCollected, false)).Graded(GuardianshipGrade.Poor)));

        static IEnumerable<string> Shown(SubjectFacts subject) => Sample.Names(subject).Where(m => m.StartsWith("leftBehind.boarding", StringComparison.Ordinal) || m.StartsWith("leftBehind.grade", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_known_has_a_bucket_of_its_own()
    {
        var child = Sample.Of(new ChildFacts(FileState.Open, Sample.Village, null, Sex.NotCollected, ChildCategory.Undetermined, null, CarerKind.NotCollected, false));
        Assert.Equal(
            [
                "onFile.total.all", "onFile.ageSex.notCollected.notCollected", "onFile.schooling.notCollected", "onFile.carer.notCollected",
                "onFile.category.undetermined", "onFile.verified.no", "onFile.health.notCollected", "onFile.aid.notCollected",
                "onFile.verifiedByVisit.no", "onFile.worker.missing", "onFile.keyList.none", "onFile.unattended.no",
            ], Sample.Names(child));
        var pupil = Sample.Of(new PupilFacts(EnrolmentState.Enrolled, Sample.Village, Stage.NotCollected, null, Sex.NotCollected, null, null));
        Assert.Equal(
            [
                "pupil.total.all", "pupil.ageSex.notCollected.notCollected", "pupil.schooling.notCollected", "pupil.state.enrolled", "pupil.enrolment.notCollected", "pupil.match.waiting",
                "pupil.boarding.notCollected", "pupil.attendance.notCollected", "pupil.truancy.notCollected", "pupil.dropout.none", "pupil.contactCard.none", "pupil.helpedCall.none",
            ], Sample.Names(pupil));
    }

    [Fact]
    public void A_left_behind_child_in_difficulty_is_in_all_three_populations()
    {
        var both = Sample.LeftBehind(new(2016, 5, 1)) with { Category = ChildCategory.LeftBehindInDifficulty };
        var cells = Sample.Names(Sample.Of(both, new(Sample.Id, Guid.NewGuid(), Schooling.Primary, true)));
        foreach (var population in (string[])[Measures.OnFile, Measures.LeftBehind, Measures.InDifficulty])
            Assert.Contains($"{population}.schooling.primary", cells);
        Assert.Contains("leftBehind.reason.bothParentsOut", cells);
    }

    [Fact]
    public void A_poor_and_disabled_child_is_in_both_populations_by_how_it_is_schooled()
    {
        var child = Sample.LeftBehind(new(2016, 5, 1)) with { Disability = DisabilityGrade.Grade2, Difficulties = Difficulties.Hardship | Difficulties.SevereDisability };
        string[] At(Schooling schooling) => [.. Sample.Names(Sample.Of(child, new(Sample.Id, Guid.NewGuid(), schooling, null, EnrolmentState.Enrolled, Sample.Today))).Where(c => c.StartsWith("hardship.", StringComparison.Ordinal) || c.StartsWith("disabled.", StringComparison.Ordinal))];
        Assert.Equal(["hardship.total.all", "hardship.schooled.yes", "disabled.total.all", "disabled.schooled.yes"], At(Schooling.Primary));
        Assert.Equal(["hardship.total.all", "hardship.schooled.droppedOut", "disabled.total.all", "disabled.schooled.droppedOut"], At(Schooling.DroppedOut));
        Assert.DoesNotContain(Sample.Names(Sample.Of(child with { Disability = DisabilityGrade.None, Difficulties = Difficulties.GuardianMissing })), c => c.StartsWith("hardship.", StringComparison.Ordinal) || c.StartsWith("disabled.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_term_without_a_law_lesson_is_due_to_its_last_day_and_overdue_from_the_next()
    {
        var term = Sample.Of(new LawTermFacts(Sample.Village, Sample.Today, 0));
        Assert.Equal(["lawTerm.total.all", "lawTerm.lessons.none", "lawTerm.state.due"], Sample.Names(term));
        Assert.Equal(Sample.Today.AddDays(1), Cells.TurnsOn(term, Sample.Today));
        Assert.Equal(["lawTerm.total.all", "lawTerm.lessons.none", "lawTerm.state.overdue"], Sample.Names(term, Sample.Today.AddDays(1)));
        Assert.Equal(Sample.Today.AddDays(180), Cells.TurnsOn(term, Sample.Today.AddDays(1)));
        Assert.Empty(Sample.Names(term, Sample.Today.AddDays(180)));
        Assert.Null(Cells.TurnsOn(term, Sample.Today.AddDays(180)));
        Assert.Equal(["lawTerm.total.all", "lawTerm.lessons.several", "lawTerm.state.given"], Sample.Names(Sample.Of(new LawTermFacts(Sample.Village, Sample.Today, 2))));
    }

    [Theory]
    [InlineData(null, null, "notCollected")]
    [InlineData(DisabilityGrade.None, null, "healthy")]
    [InlineData(null, Illness.None, "healthy")]
    [InlineData(DisabilityGrade.Grade4, Illness.Serious, "disabled")]
    [InlineData(DisabilityGrade.None, Illness.Ill, "ill")]
    [InlineData(null, Illness.Serious, "ill")]
    public void Health_is_one_bucket_and_nothing_told_is_not_healthy(DisabilityGrade? disability, Illness? illness, string bucket)
    {
        var cells = Sample.Names(Sample.Of(Sample.LeftBehind(new(2016, 5, 1)) with { Disability = disability, Illness = illness }));
        Assert.Equal(["onFile.health." + bucket, "leftBehind.health." + bucket], cells.Where(c => c.Contains(".health.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, "notCollected")]
    [InlineData(AidKinds.None, "none")]
    [InlineData(AidKinds.MinimumLiving | AidKinds.Temporary, "minimumLiving")]
    [InlineData(AidKinds.BasicLivingAllowance | AidKinds.Medical, "basicLivingAllowance")]
    [InlineData(AidKinds.Temporary, "temporary")]
    public void Of_several_kinds_of_aid_the_most_lasting_is_counted(AidKinds? aid, string bucket)
    {
        var cells = Sample.Names(Sample.Of(Sample.LeftBehind(new(2016, 5, 1)) with { Aid = aid }));
        Assert.Equal(["onFile.aid." + bucket, "leftBehind.aid." + bucket], cells.Where(c => c.Contains(".aid.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Difficulties.None, "notCollected")]
    [InlineData(Difficulties.Hardship, "hardship")]
    [InlineData(Difficulties.Hardship | Difficulties.SeriousIllness, "several")]
    public void A_child_in_difficulty_is_in_one_bucket_of_its_grounds(Difficulties difficulties, string bucket)
    {
        var child = Sample.LeftBehind(new(2016, 5, 1)) with { Category = ChildCategory.UndeterminedInDifficulty, Reason = null, Difficulties = difficulties };
        var cells = Sample.Names(Sample.Of(child));
        Assert.Contains("inDifficulty.difficulty." + bucket, cells);
        Assert.Contains("onFile.category.undeterminedInDifficulty", cells);
        Assert.DoesNotContain("leftBehind.total.all", cells);
    }

    [Theory]
    [InlineData(Cadence.None, false, false, "notDue")]
    [InlineData(Cadence.Monthly, false, false, "never")]
    [InlineData(Cadence.Monthly, true, false, "overdue")]
    [InlineData(Cadence.Weekly, true, true, "overdue")]
    [InlineData(Cadence.Quarterly, false, true, "inTime")]
    public void A_child_is_in_one_bucket_of_its_visits(Cadence cadence, bool overdue, bool visited, string bucket)
    {
        var child = Sample.LeftBehind(new(2016, 5, 1)) with { Category = ChildCategory.LeftBehindInDifficulty };
        var cells = Sample.Names(Sample.Visited(Sample.Of(child), new(cadence, KeyListReasons.None, visited ? Sample.Today : null, overdue, visited, true)));
        Assert.Equal(["leftBehind.visited." + bucket, "inDifficulty.visited." + bucket], cells.Where(c => c.Contains(".visited.", StringComparison.Ordinal)));
        Assert.Contains("onFile.worker.named", cells);
        Assert.Contains(visited ? "onFile.verifiedByVisit.yes" : "onFile.verifiedByVisit.no", cells);
    }

    [Theory]
    [InlineData(KeyListReasons.None, "none")]
    [InlineData(KeyListReasons.DroppedOut, "droppedOut")]
    [InlineData(KeyListReasons.HighRisk | KeyListReasons.Disabled, "several")]
    public void A_child_is_in_one_bucket_of_the_key_list(KeyListReasons reasons, string bucket) => Assert.Contains("onFile.keyList." + bucket, Sample.Names(Sample.Visited(
        Sample.Of(Sample.LeftBehind(new(2016, 5, 1))), new(Cadence.Monthly, reasons, null, false, false, false))));

    [Fact]
    public void Visits_told_before_the_file_count_nothing_yet_and_an_older_telling_changes_nothing()
    {
        var facts = new VisitFacts(Cadence.Weekly, KeyListReasons.HighRisk, null, true, false, true);
        var early = new SubjectFacts().After(new VisitsRecorded(Guid.NewGuid(), Sample.Id, VisitsChange.Missed, facts), new("registry", 9, 2));
        Assert.Empty(Cells.Of(early, Sample.Today));
        var older = new VisitsRecorded(Guid.NewGuid(), Sample.Id, VisitsChange.PlanChanged, facts with { Overdue = false });
        Assert.Same(early, early.After(older, new("registry", 8, 1)));
    }

    [Theory]
    [InlineData(Entrustment.NotCollected, false, ParentContact.NotCollected, "notCollected notCollected notCollected notCollected")]
    [InlineData(Entrustment.None, false, ParentContact.NotCollected, "no notCollected notCollected notCollected")]
    [InlineData(Entrustment.Unfit, false, ParentContact.NotCollected, "no notCollected notCollected notCollected")]
    [InlineData(Entrustment.Entrusted, false, ParentContact.NotCollected, "yes no no notCollected")]
    [InlineData(Entrustment.Entrusted, true, ParentContact.UpToDate, "yes yes yes inTime")]
    [InlineData(Entrustment.Entrusted, true, ParentContact.Missed, "yes yes yes missed")]
    public void Screening_notice_and_contact_are_told_of_who_is_in_somebodys_care(Entrustment entrusted, bool done, ParentContact contact, string buckets)
    {
        var cells = Sample.Names(Sample.Of(Sample.LeftBehind(new(2016, 5, 1))).InCare(new(entrusted, done, done, contact, Unattended: entrusted is Entrustment.None)));
        string[] dimensions = ["entrusted", "screened", "notified", "contact"];
        Assert.Equal(dimensions.Zip(buckets.Split(' '), (d, b) => $"leftBehind.{d}.{b}"), cells.Where(c => dimensions.Contains(c.Split('.')[1])));
        Assert.Contains(entrusted is Entrustment.None ? "onFile.unattended.yes" : "onFile.unattended.no", cells);
    }

    [Fact]
    public void Care_told_before_the_file_counts_nothing_yet_and_an_older_telling_changes_nothing()
    {
        var early = new SubjectFacts().After(new CareRecorded(Guid.NewGuid(), Sample.Id, CareChange.UnattendedDetected, new(Entrustment.NotCollected, false, false, ParentContact.NotCollected, true)), new("registry", 9, 2));
        Assert.Empty(Cells.Of(early, Sample.Today));
        Assert.Same(early, early.InCare(new(Entrustment.Entrusted, true, true, ParentContact.UpToDate, false)));
    }

    [Theory]
    [InlineData(Stage.Primary, "droppedOut", "droppedOut")]
    [InlineData(Stage.JuniorMiddle, "droppedOut", "droppedOut")]
    [InlineData(Stage.NotCollected, "droppedOut", "droppedOut")]
    [InlineData(Stage.SeniorHigh, "notInSchool", "notInSchool")]
    [InlineData(Stage.Vocational, "notInSchool", "notInSchool")]
    [InlineData(Stage.Kindergarten, "notInKindergarten", "notInSchool")]
    public void Only_who_leaves_compulsory_school_is_counted_as_a_dropout(Stage stage, string schooling, string state)
    {
        var cells = Sample.Names(Sample.Of(new PupilFacts(EnrolmentState.DroppedOut, Sample.Village, stage, new(2016, 5, 1), Sex.Male, false, null)));
        Assert.Equal(["pupil.schooling." + schooling, "pupil.state." + state],
            cells.Where(c => c.StartsWith("pupil.schooling.", StringComparison.Ordinal) || c.StartsWith("pupil.state.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(EnrolmentState.Deferred, "notInSchool", "deferred")]
    [InlineData(EnrolmentState.HomeTaught, "primary", "homeTaught")]
    [InlineData(EnrolmentState.RollGap, "notCollected", "rollGap")]
    public void Who_is_deferred_taught_at_home_or_between_two_schools_is_no_dropout(EnrolmentState enrolment, string schooling, string state)
    {
        var cells = Sample.Names(Sample.Of(new PupilFacts(enrolment, Sample.Village, Stage.Primary, new(2016, 5, 1), Sex.Male, false, null)));
        Assert.Equal(["pupil.schooling." + schooling, "pupil.state." + state],
            cells.Where(c => c.StartsWith("pupil.schooling.", StringComparison.Ordinal) || c.StartsWith("pupil.state.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ObligationState.Open, "open")]
    [InlineData(ObligationState.AtRisk, "atRisk")]
    [InlineData(ObligationState.Breached, "overdue")]
    [InlineData(ObligationState.Fulfilled, "fulfilled")]
    [InlineData(ObligationState.FulfilledLate, "fulfilledLate")]
    [InlineData(ObligationState.Waived, "waived")]
    public void A_duty_is_counted_once_by_where_it_stands(ObligationState state, string bucket)
    {
        Assert.Equal(["obligation.total.all", "obligation.state." + bucket, "obligation.owner.civilAffairs", "obligation.late." + (bucket is "overdue" or "fulfilledLate" ? "civilAffairs" : "none")], Sample.Names(Sample.Of(Sample.Duty(state, Sample.Village))));
        Assert.Null(Cells.TurnsOn(Sample.Of(Sample.Duty(state, Sample.Village)), Sample.Today));
    }

    [Theory]
    [InlineData(HazardKind.Drowning, HazardState.Found, "drowning", "found")]
    [InlineData(HazardKind.Poisoning, HazardState.Overdue, "poisoning", "overdue")]
    [InlineData(HazardKind.Fall, HazardState.RectifiedLate, "fall", "rectifiedLate")]
    public void A_hazard_is_counted_once_by_kind_and_by_where_it_stands(HazardKind kind, HazardState state, string kindBucket, string stateBucket)
    {
        var hazard = Sample.Of(new HazardFacts(Guid.NewGuid(), null, Sample.Village, kind, state, Sample.Today));
        Assert.Equal(["hazard.total.all", "hazard.kind." + kindBucket, "hazard.state." + stateBucket], Sample.Names(hazard));
        Assert.Equal((Sample.Village, null), (hazard.Village!.Value, Cells.TurnsOn(hazard, Sample.Today)));
    }

    [Theory]
    [InlineData(PetitionGrounds.None, "none")]
    [InlineData(PetitionGrounds.G5, "g5")]
    [InlineData(PetitionGrounds.G1 | PetitionGrounds.G6, "several")]
    public void An_intervention_case_is_counted_once_by_step_ground_order_and_state(PetitionGrounds grounds, string bucket)
    {
        var intervention = Sample.Of(new CaseFacts(Sample.Village, Respondent.Father, CaseState.Judged, CaseStep.GuardianDesignated, grounds, OrderState.SetAside, GuardianKind.Grandparents));
        Assert.Equal(
            ["interventionCase.total.all", "interventionCase.step.guardianDesignated", $"interventionCase.ground.{bucket}", "interventionCase.order.setAside", "interventionCase.state.judged"],
            Sample.Names(intervention));
        Assert.Equal(Sample.Village, intervention.Village);
    }

    [Fact]
    public void A_left_behind_child_is_screened_or_not_in_each_key_period_and_another_child_in_none()
    {
        var screening = new ScreeningFacts(ScreeningState.Safe, ScreeningState.HazardFound, ScreeningState.NotScreened);
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1))).Screened(screening);
        Assert.Equal(["leftBehind.screenedWinterHoliday.safe", "leftBehind.screenedSummerHoliday.hazardFound", "leftBehind.screenedAfterSchool.notScreened"], Screened(child));
        Assert.Equal(["leftBehind.screenedWinterHoliday.notScreened", "leftBehind.screenedSummerHoliday.notScreened", "leftBehind.screenedAfterSchool.notScreened"],
            Screened(Sample.Of(Sample.LeftBehind(new(2016, 5, 1)))));
        Assert.Empty(Screened(Sample.Of(Sample.LeftBehind(new(2016, 5, 1)) with { Category = ChildCategory.None, Reason = null }).Screened(screening)));

        static IEnumerable<string> Screened(SubjectFacts child) => Sample.Names(child).Where(m => m.Contains(".screened", StringComparison.Ordinal) && !m.StartsWith("leftBehind.screened.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_duty_is_counted_where_it_is_owed_also_above_a_village()
    {
        var county = DivisionId.Parse("431003@2023");
        Assert.Equal(county, Sample.Of(Sample.Duty(ObligationState.Open, county)).Village);
        Assert.Equal(Sample.Village, Sample.Of(Sample.Duty(ObligationState.Open, Sample.Village)).Village);
    }

    [Fact]
    public void Schooling_that_arrives_before_the_file_counts_nothing_yet()
    {
        var early = new SubjectFacts().After(new ChildSchoolingRecorded(Sample.Id, Guid.NewGuid(), Schooling.Primary, false), new("education", 4, 1));
        Assert.Empty(Cells.Of(early, Sample.Today));
        Assert.Null(early.Village);
    }
}
