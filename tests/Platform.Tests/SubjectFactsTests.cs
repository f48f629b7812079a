using System.Text.Json;
using CsCheck;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Platform.Subjects;

namespace LeftBehind.Platform.Tests;

/// <summary>One state, however the lanes interleave, repeat or mix up what they tell.</summary>
public sealed class SubjectFactsTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-0000000000a1"), Other = new("00000000-0000-4000-8000-0000000000a2");

    /// <summary>A child, and the two pupils behind it, of whom one may have been unlinked without being named.</summary>
    private static readonly Gen<(object Fact, Told Told)[]> History = Gen.Select(
        Sample.Child.Array[0, 5], Gen.Select(Sample.Schooling, Gen.Int[0, 9], (told, pupil) => Of(pupil, told)).Array[0, 8], Gen.Int[0, 8], (children, schoolings, restored) =>
            children.Select((c, i) => ((object)new ChildRecorded(Sample.Id, ChildChange.Moved, c), new Told("registry", 10 + i, 1 + i)))
                .Concat(schoolings.Select((s, i) => ((object)s, i < restored ? new Told("education", 100 + i, 1 + i) : new Told("education", 50 + i, 1 + i, 1)))).ToArray());

    [Fact]
    public void Any_order_and_any_repetition_end_in_the_state_told_last() => Gen.Select(History, Gen.Int.Array[20]).Sample((history, dice) =>
    {
        var expected = Fold(history);
        var mixed = history.Concat(history).Select((h, i) => (h, dice[i % dice.Length] ^ i)).OrderBy(h => h.Item2).Select(h => h.h);
        Assert.Equal(expected, Fold(mixed));
        Assert.Equal(expected, Fold(history.Concat(history)));
        Assert.Equal(expected, Fold(history.Reverse()));
    });

    /// <summary>Of each pupil what was told last; of these one that attends a school, else one that is enrolled, else what counts from the latest day.</summary>
    [Fact]
    public void The_schooling_of_a_child_is_where_a_pupil_attends_else_what_counts_from_the_latest_day() => History.Sample(history =>
    {
        var told = history.Select(h => h.Fact).OfType<ChildSchoolingRecorded>().ToList();
        var last = told.Skip(told.FindLastIndex(t => t.PupilId is null) + 1).Reverse().DistinctBy(t => t.PupilId)
            .OrderByDescending(t => t.EffectiveOn ?? DateOnly.MinValue).ToList();
        Schooling[] attending = [Schooling.Kindergarten, Schooling.Primary, Schooling.JuniorMiddle, Schooling.SeniorHigh, Schooling.Vocational];
        Schooling[] outside = [Schooling.DroppedOut, Schooling.NotInSchool, Schooling.NotInKindergarten];
        var expected = last.Where(t => attending.Contains(t.Schooling))
            .Concat(last.Where(t => t.State is EnrolmentState.Enrolled or EnrolmentState.OnLeave or EnrolmentState.HomeTaught && !outside.Contains(t.Schooling)))
            .Concat(last.Where(t => t.State is not null || outside.Contains(t.Schooling)))
            .Select(t => t.Schooling).FirstOrDefault(Schooling.NotCollected);
        Assert.Equal(expected, Fold(history).Schooling?.Now ?? Schooling.NotCollected);
    });

    [Theory]
    [InlineData(EnrolmentState.Graduated, Schooling.NotCollected)]
    [InlineData(EnrolmentState.TransferredOut, Schooling.NotCollected)]
    [InlineData(EnrolmentState.Enrolled, Schooling.NotCollected)]
    [InlineData(EnrolmentState.Enrolled, Schooling.SeniorHigh)]
    public void A_dropout_of_long_ago_does_not_outlive_what_another_record_tells_of_later(EnrolmentState later, Schooling schooling)
    {
        ChildSchoolingRecorded dropout = new(Sample.Id, One, Schooling.DroppedOut, null, EnrolmentState.DroppedOut, new(2021, 9, 1));
        ChildSchoolingRecorded other = new(Sample.Id, Other, schooling, null, later, new(2025, 6, 30));
        // Whichever was told last: the dropout's record may be found late.
        Assert.Equal(schooling, Both(dropout, other).Schooling!.Now);
        Assert.Equal(schooling, Both(other, dropout).Schooling!.Now);
    }

    [Fact]
    public void A_dropout_after_a_graduation_of_another_record_is_a_dropout()
    {
        ChildSchoolingRecorded graduation = new(Sample.Id, One, Schooling.NotCollected, null, EnrolmentState.Graduated, new(2024, 6, 30));
        ChildSchoolingRecorded dropout = new(Sample.Id, Other, Schooling.DroppedOut, null, EnrolmentState.DroppedOut, new(2025, 3, 1));
        Assert.Equal(Schooling.DroppedOut, Both(dropout, graduation).Schooling!.Now);
        // 不在学 is no 辍学, whatever else is told.
        Assert.Equal(Schooling.NotInSchool, Both(graduation, dropout with { Schooling = Schooling.NotInSchool }).Schooling!.Now);
    }

    [Fact]
    public void Schooling_told_by_older_releases_without_state_and_day_is_still_read()
    {
        var told = (ChildSchoolingRecorded)Pages.Contract.Facts.Read("child_schooling_recorded",
            $$"""{"childId":"{{Sample.Id}}","pupilId":"{{One}}","schooling":"DroppedOut"}""");
        Assert.Equal(new(Sample.Id, One, Schooling.DroppedOut, null), told);
        Assert.Equal(Schooling.DroppedOut, new SubjectFacts().After(told, new("education", 1, 1)).Schooling!.Now);
        var pupil = (PupilRecorded)Pages.Contract.Facts.Read("pupil_recorded",
            $$"""{"pupilId":"{{One}}","change":"Graduated","after":{"state":"Graduated","school":"431003101218@2023","stage":"Primary","sex":"Female"} }""");
        Assert.Null(pupil.After.Since);
    }

    [Theory]
    [InlineData(Schooling.NotCollected)]
    [InlineData(Schooling.DroppedOut)]
    [InlineData(Schooling.NotInSchool)]
    public void A_former_pupil_told_later_does_not_end_the_present_enrolment(Schooling former)
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)), new(Sample.Id, One, Schooling.Primary, true));
        child = child.After(new ChildSchoolingRecorded(Sample.Id, Other, former, null), new("education", 9, 3));
        Assert.Contains("leftBehind.schooling.primary", Sample.Names(child));
    }

    [Fact]
    public void An_unlink_takes_away_what_that_pupil_told_and_leaves_what_the_other_tells()
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)), new(Sample.Id, One, Schooling.DroppedOut, null))
            .After(new ChildSchoolingRecorded(Sample.Id, Other, Schooling.Primary, true), new("education", 9, 3));
        Assert.Equal(Schooling.Primary, child.Schooling!.Now);
        child = child.After(new ChildSchoolingRecorded(Sample.Id, Other, Schooling.NotCollected, null), new("education", 10, 4));
        Assert.Equal(Schooling.DroppedOut, child.Schooling!.Now);
        child = child.After(new ChildSchoolingRecorded(Sample.Id, One, Schooling.NotCollected, null), new("education", 11, 2));
        Assert.Equal(Schooling.NotCollected, child.Schooling!.Now);
    }

    [Fact]
    public void Of_a_duty_what_was_told_last_counts_and_who_told_it_is_known()
    {
        var overdue = new ObligationRecorded(One, ObligationChange.Breached, Sample.Duty(ObligationState.Breached, Sample.Village));
        var done = new ObligationRecorded(One, ObligationChange.Fulfilled, Sample.Duty(ObligationState.FulfilledLate, Sample.Village));
        var facts = new SubjectFacts().After(done, new("assessment", 9, 3));
        Assert.Same(facts, facts.After(overdue, new("assessment", 7, 2)));
        Assert.Equal((SubjectKind.Obligation, "assessment", ObligationState.FulfilledLate), (facts.Kind, facts.Source, facts.Obligation!.Facts.State));
        Assert.Equal(facts, JsonSerializer.Deserialize<SubjectFacts>(JsonSerializer.Serialize(facts, EventTypes.Json), EventTypes.Json));
    }

    [Fact]
    public void Of_a_case_what_was_told_last_counts()
    {
        var facts = new CaseFacts(Sample.Village, Respondent.Mother, CaseState.Open, CaseStep.Reprimand, PetitionGrounds.G2 | PetitionGrounds.G3, OrderState.None, null);
        var filed = new SubjectFacts().After(new CaseRecorded(One, Sample.Id, CaseChange.PetitionFiled, facts with { State = CaseState.PetitionFiled }), new("guardianship", 9, 3));
        Assert.Same(filed, filed.After(new CaseRecorded(One, Sample.Id, CaseChange.StepRecorded, facts), new("guardianship", 7, 2)));
        Assert.Equal((SubjectKind.InterventionCase, CaseState.PetitionFiled), (filed.Kind, filed.Case!.Facts.State));
        Assert.Equal(filed, JsonSerializer.Deserialize<SubjectFacts>(JsonSerializer.Serialize(filed, EventTypes.Json), EventTypes.Json));
    }

    [Fact]
    public void Of_a_hazard_and_of_a_childs_screenings_what_was_told_last_counts()
    {
        var found = new HazardFacts(Guid.NewGuid(), Sample.Id, Sample.Village, HazardKind.Drowning, HazardState.Found, Sample.Today);
        var hazard = new SubjectFacts().After(new HazardRecorded(One, HazardChange.Rectified, found with { State = HazardState.Rectified }), new("registry", 9, 3));
        Assert.Same(hazard, hazard.After(new HazardRecorded(One, HazardChange.Found, found), new("registry", 7, 1)));
        Assert.Equal((SubjectKind.Hazard, HazardState.Rectified), (hazard.Kind, hazard.Hazard!.Facts.State));
        var safe = new ScreeningFacts(ScreeningState.Safe, ScreeningState.NotScreened, ScreeningState.NotScreened);
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1))).Screened(safe);
        Assert.Same(child, child.After(new ScreeningRecorded(Other, Sample.Id, ScreeningChange.HazardFound, CampaignKind.WinterHoliday, safe), new("registry", 1, 9)));
        Assert.Equal(1L, child.Child!.Sequence);
        foreach (var facts in (SubjectFacts[])[hazard, child])
            Assert.Equal(facts, JsonSerializer.Deserialize<SubjectFacts>(JsonSerializer.Serialize(facts, EventTypes.Json), EventTypes.Json));
    }

    /// <summary>A recount from the stored facts must see what the fold saw.</summary>
    [Fact]
    public void Facts_are_the_same_after_they_were_stored() => History.Sample(history =>
    {
        var facts = Fold(history);
        Assert.Equal(facts, JsonSerializer.Deserialize<SubjectFacts>(JsonSerializer.Serialize(facts, EventTypes.Json), EventTypes.Json));
    });

    [Fact]
    public void Facts_stored_with_one_schooling_for_all_pupils_are_still_read()
    {
        var facts = JsonSerializer.Deserialize<SubjectFacts>($$"""
            {"kind":"Child","schooling":{"sequence":7,"version":2,"facts":{"childId":"{{Sample.Id}}","pupilId":"{{One}}","schooling":"Primary","boarding":true},"epoch":0} }
            """, EventTypes.Json)!;
        Assert.Equal(new SubjectFacts().After(new ChildSchoolingRecorded(Sample.Id, One, Schooling.Primary, true), new("education", 7, 2)), facts);
    }

    [Fact]
    public void A_fact_older_than_what_is_known_changes_nothing_at_all()
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)));
        var closed = new ChildRecorded(Sample.Id, ChildChange.Closed, Sample.LeftBehind(null) with { State = FileState.Adult });
        Assert.Same(child, child.After(closed, new("registry", 1, 1)));
        Assert.Same(child, child.After(closed, new("registry", 0, 9)));
        Assert.NotSame(child, child.After(closed, new("registry", 2, 2)));
    }

    [Fact]
    public void Groups_of_two_sources_do_not_hold_each_other_back()
    {
        var child = Sample.Of(Sample.LeftBehind(new(2016, 5, 1)), new(Sample.Id, Guid.NewGuid(), Schooling.Primary, true));
        Assert.Equal((1L, Schooling.Primary), (child.Child!.Sequence, child.Schooling!.Now));
        child = child.After(new ChildSchoolingRecorded(Sample.Id, null, Schooling.NotCollected, null), new("education", 2, 2));
        Assert.Equal((1L, Schooling.NotCollected), (child.Child!.Sequence, child.Schooling!.Now));
    }

    [Fact]
    public void Facts_that_are_not_counted_change_nothing()
    {
        var child = Sample.Of(Sample.LeftBehind(null));
        Assert.Same(child, child.After(new PupilMatched(Guid.NewGuid(), Sample.Id), new("registry", 9, 9)));
    }

    [Fact]
    public void A_child_counts_by_residence_and_a_pupil_by_its_school()
    {
        Assert.Equal((SubjectKind.Child, Sample.Village), (Sample.Of(Sample.LeftBehind(null)).Kind, Sample.Of(Sample.LeftBehind(null)).Village!.Value));
        var pupil = Sample.Of(new PupilFacts(EnrolmentState.Enrolled, Sample.Village, Stage.Primary, null, Sex.Male, null, null));
        Assert.Equal((SubjectKind.Pupil, Sample.Village), (pupil.Kind, pupil.Village!.Value));
    }

    private static SubjectFacts Both(ChildSchoolingRecorded first, ChildSchoolingRecorded second) =>
        new SubjectFacts().After(first, new("education", 1, 1)).After(second, new("education", 2, 2));

    private static ChildSchoolingRecorded Of(int pupil, ChildSchoolingRecorded told) =>
        pupil == 0 ? new(Sample.Id, null, Schooling.NotCollected, null) : told with { PupilId = pupil % 2 == 0 ? One : Other };

    private static SubjectFacts Fold(IEnumerable<(object Fact, Told Told)> history) =>
        history.Aggregate(new SubjectFacts(), (subject, h) => subject.After(h.Fact, h.Told));
}
