using System.Text.Json;
using CsCheck;
using LeftBehind.Contracts.Education;
using LeftBehind.Contracts.Obligations;
using LeftBehind.EducationAttendance.Dropout;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using static LeftBehind.EducationAttendance.Tests.Dropout.Cases;

namespace LeftBehind.EducationAttendance.Tests.Dropout;

/// <summary>What each step asks for beside its place, what is owed, and what holds whatever is done in whatever order.</summary>
public class StepsTests
{
    [Fact]
    public void Nothing_is_done_before_what_it_follows()
    {
        Assert.StartsWith("on: before 2026-04-30", Why(() => Asks[DropoutAct.Contact](At(DropoutStep.UnexcusedAbsenceDetected), Told(Thursday.AddDays(-1)))), StringComparison.Ordinal);
        Assert.StartsWith("on: before 2026-05-11", Why(() => Asks[DropoutAct.StartPersuasion](At(DropoutStep.DropoutRegistered), Told(new(2026, 5, 10)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Legal_measures_wait_until_the_time_of_the_order_has_run_out()
    {
        var ordered = At(DropoutStep.AttendanceOrdered);
        Assert.Equal(ReturnBy, ordered.Order!.ReturnBy);
        Assert.Equal("on: the order gives time until 2026-06-30", Why(() => Asks[DropoutAct.TakeLegalMeasures](ordered, Told(ReturnBy))));
        Assert.Equal(DropoutStep.LegalMeasures, ordered.Asked(DropoutAct.TakeLegalMeasures, ReturnBy.AddDays(1)).Step);
        Assert.StartsWith("return_by: ", Why(() => OrderAttendance.Decide(new(Told(Ordered), "2号", Ordered), At(DropoutStep.TownPersuasion))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropout_is_registered_only_after_the_guardian_was_asked_and_the_home_visited()
    {
        var suspected = New.Attending(Absent(ThirdDay, 3, Thursday));
        Assert.Equal("no contact with the guardian is recorded", Why(() => Asks[DropoutAct.Register](suspected, Told(Late))));
        Assert.Equal("no home visit is recorded", Why(() => Asks[DropoutAct.Register](suspected.Asked(DropoutAct.Contact, ThirdDay), Told(Late))));
    }

    [Fact]
    public void Every_step_owes_what_comes_next_until_it_is_closed()
    {
        var owed = Steps.ToDictionary(s => s?.ToString() ?? "", s => string.Join(" ", DropoutDuties.Of(At(s)).Select(d => d.Kind.Split('.')[1])));
        Assert.Equal(("", "contactGuardian", "homeVisit", "", "registerDropout", "startPersuasion", "persuade", "writtenReport"), (owed[""], owed["UnexcusedAbsenceDetected"], owed["GuardianContacted"],
            owed["HomeVisited"], owed["DropoutSuspected"], owed["DropoutRegistered"], owed["PersuasionStarted"], owed["PersuasionFailed"]));
        Assert.Equal(("townPersuasion", "orderAttendance", "returnByOrder legalMeasures", "bringBack", "", ""), (owed["WrittenReportFiled"], owed["TownPersuasion"], owed["AttendanceOrdered"],
            owed["LegalMeasures"], owed["Returned"], owed["Ended"]));
        Assert.Equal(["education.contactGuardian", "education.homeVisit", "education.registerDropout"], DropoutDuties.Of(New.Attending(Absent(ThirdDay, 3, Thursday))).Select(d => d.Kind));
    }

    [Fact]
    public void Nothing_claims_to_be_law_but_the_order_to_attend_and_what_is_ours_says_so()
    {
        Assert.All(DropoutDuties.All, d => Assert.Equal(d == DropoutDuties.Obey ? ObligationBasis.Law : ObligationBasis.PlatformDefault, d.Basis));
        Assert.All(DropoutDuties.All, d => Assert.Equal(d.Basis is ObligationBasis.PlatformDefault, d.Citation.StartsWith("平台默认：", StringComparison.Ordinal)));
        Assert.Equal(DropoutDuties.All.Count, DropoutDuties.All.Select(d => d.Kind).Distinct().Count());
    }

    [Theory]
    [InlineData("2026-04-30T09:00:00+08:00", 1, "2026-05-07T00:00:00+08:00")] // 1 to 5 May are off
    [InlineData("2026-05-07T09:00:00+08:00", 3, "2026-05-12T00:00:00+08:00")] // Saturday 9 May is worked
    [InlineData("2026-07-03T09:00:00+08:00", 2, "2026-09-03T00:00:00+08:00")] // the vacation has no school days
    [InlineData("2027-01-20T09:00:00+08:00", 1, "2027-01-22T00:00:00+08:00")] // no term is told beyond: a working day
    public void School_days_end_with_the_last_hour_of_the_last(string from, int days, string due)
    {
        var starts = DateTimeOffset.Parse(from, null);
        var terms = (DropoutDuties.Visit with { SchoolDays = days }).From(starts, Days);
        Assert.Equal(DateTimeOffset.Parse(due, null), terms.DueAt(starts, Working));
    }

    [Fact]
    public void Whatever_is_done_in_whatever_order_the_case_keeps_to_its_table_and_owes_as_it_stands() =>
        Gen.Select(Gen.Int[0, 16], Gen.Int[0, 80]).Array[1, 40].Sample(moves =>
        {
            var (known, pupil, version) = (New, Enrolled, 0L);
            foreach (var (move, day) in moves)
            {
                var before = known;
                foreach (var e in Decided(known, ref pupil, move, Thursday.AddDays(day)))
                {
                    if (e is not (GuardianContacted or HomeVisited or LegalMeasuresTaken))
                        Assert.NotEqual(known.Step, e.After.Step);
                    Assert.True(before.IsOpen || e is UnexcusedAbsenceDetected or DropoutRegisteredByRoll || known.IsOpen);
                    known = known.After(e);
                    Assert.Equal(++version, known.Version);
                    Assert.Equal(PupilId, known.Pupil);
                }
                Assert.Equal(DropoutDuties.Of(known).Select(d => d.Kind).Order(), known.Owed.Keys.Order());
                Assert.All(known.Owed.Values, since => Assert.InRange(since, 1, version));
                Assert.Equal(known.Facts?.Ended is not null, known.Step is DropoutStep.Ended);
                Assert.True(!known.IsOpen || known.Step is DropoutStep.HomeVisited || DropoutDuties.Of(known).Any());
            }
        });

    [Fact]
    public void Every_event_of_a_case_has_words_and_comes_back_from_the_store_as_it_was()
    {
        var events = OneOfEach().ToList();
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IDropoutEvent))).OrderBy(t => t.Name), events.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name));
        var (stream, changes) = (DropoutCase.IdOf(PupilId), new HashSet<DropoutChange>());
        foreach (var e in events)
        {
            var json = JsonSerializer.Serialize<object>(e, EventTypes.Json);
            Assert.Equal(e, EducationModule.Events.Read(EducationModule.Events.NameOf(e), json));
            var told = new EducationRelay().Translate(new(9, Guid.NewGuid(), stream, 3, e, new(Now, Late))).ToList();
            var fact = (DropoutRecorded)told[0].Fact;
            Assert.Equal((PupilId, stream, PupilId, e.After), (told[0].Subject, fact.CaseId, fact.PupilId, fact.After));
            changes.Add(fact.Change);
            Assert.Equal(e is HomeVisited { Outcome: VisitOutcome.Unreachable }, told.Count == 2);
        }
        Assert.Equal(Enum.GetValues<DropoutChange>(), changes.Order());
    }

    [Fact]
    public void Who_is_reached_nowhere_is_suspected_missing_with_a_file_or_without()
    {
        foreach (var child in (Guid?[])[Sample.Child, null])
        {
            var visited = Assert.IsType<HomeVisited>(Assert.Single(RecordHomeVisit.Decide(new(Told(Wednesday), VisitOutcome.Unreachable, child, Sample.Id(Sample.Here), Now), At(DropoutStep.GuardianContacted))));
            var told = DropoutTelling.Of(DropoutCase.IdOf(PupilId), visited).Last();
            Assert.Equal((child ?? PupilId, new MissingSuspected(PupilId, child, Sample.Id(Sample.Here), Now)), (told.Subject, (MissingSuspected)told.Fact));
        }
    }

    private static readonly EnrolmentState[] RollStates = [EnrolmentState.DroppedOut, EnrolmentState.Enrolled, EnrolmentState.OnLeave, EnrolmentState.Graduated];

    private static List<IDropoutEvent> Decided(DropoutCase known, ref Pupil pupil, int move, DateOnly on)
    {
        try
        {
            if (move < 10)
                return [.. Asks.Values.ElementAt(move)(known, Told(on))];
            var before = pupil;
            if (move is 10 or 11 or 12)
                return [.. FollowAbsence.Decide(known, pupil, move == 12 ? Present(on) : Absent(on, move == 10 ? 1 : 3, move == 10 ? on : on.AddDays(-2)), Days)];
            pupil = pupil.After(new EnrolmentCorrected("S1", null, Sample.Facts with { State = RollStates[move - 13] }));
            return [.. FollowRoll.Decide(known, before, pupil, on)];
        }
        catch (RejectedException)
        {
            return [];
        }
    }

    private static IEnumerable<IDropoutEvent> OneOfEach()
    {
        foreach (var step in Steps.Where(s => s is not null))
            foreach (var recorded in At(step).Record)
                yield return recorded;
        yield return FollowAbsence.Decide(New, Enrolled, Absent(ThirdDay, 3, Thursday), Days).First();
        yield return FollowAbsence.Decide(New, Enrolled, Absent(ThirdDay, 3, Thursday), Days).Last();
        yield return FollowAbsence.Decide(New.Attending(Absent(ThirdDay, 3, Thursday)), Enrolled, Absent(ThirdDay, 2, Wednesday), Days).Single();
        yield return FollowAbsence.Decide(At(DropoutStep.UnexcusedAbsenceDetected), Enrolled, Present(ThirdDay), Days).Single();
        yield return FollowAbsence.Decide(At(DropoutStep.DropoutRegistered), Enrolled, Present(ThirdDay), Days).Single();
        yield return FollowRoll.Decide(New, Enrolled, Enrolled.After(new PupilDroppedOut(null, Sample.Facts with { State = EnrolmentState.DroppedOut })), Late).Single();
        yield return new HomeVisited(PupilId, Guid.NewGuid(), Late, VisitOutcome.Unreachable, Sample.Child, Sample.Id(Sample.Here), Now, Sample.PersonKey.SealJson("没人"), new(DropoutStep.HomeVisited, Late));
    }
}
