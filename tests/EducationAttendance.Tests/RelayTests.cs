using System.Text.Json;
using LeftBehind.Contracts.Education;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Pages;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Tests;

public class RelayTests
{
    private static readonly PupilFacts Matched = Sample.Facts with { ChildId = Sample.Child };
    private static readonly Guid PupilId = Sample.Pupil().Id;

    private static readonly IPupilEvent[] OneOfEach =
    [
        new PupilEnrolled("S1", Sample.Identity(), Sample.Facts),
        new EnrolmentCorrected("S1", null, Matched),
        new PupilReturned(EnrolmentState.OnLeave, "S1", null, Matched),
        new PupilTransferred(Sample.Id(Sample.Here), "S2", Matched),
        new PupilWentOnLeave("3", null, Matched with { State = EnrolmentState.OnLeave }),
        new PupilDroppedOut(null, Matched with { State = EnrolmentState.DroppedOut }),
        new PupilGraduated(Matched with { State = EnrolmentState.Graduated }),
        new EnrolmentDeferred("3", null, Matched with { State = EnrolmentState.Deferred }, Approver.CountyEducation),
        new PupilTaughtAtHome(Matched with { State = EnrolmentState.HomeTaught }),
        new PupilLeft(LeftReason.WentAbroad, Matched with { State = EnrolmentState.Left }),
        new PupilTransferAnnounced("S2", Matched with { State = EnrolmentState.RollGap }),
        new PupilLinkedToChild(Sample.Child, Matched),
        new PupilErased(Matched),
        new DropoutRegisterChanged(Matched with { Register = new(true, Sample.Day) }),
        new DropoutRegisterChanged(Matched),
        new LastingNumberAssigned("S1", Sample.Identity(), Matched, null),
        new PupilPromoted(2026, new(Guid.NewGuid(), "4-1", 4, new(2026, 9, 1)), Matched),
        new PupilUnlinkedFromChild(Sample.Child, Sample.Facts, new(Sample.Numbers.Of(Sample.IdNumber), Sample.Registry.SealJson(new PupilIdentity("测试", Sample.IdNumber)))),
    ];

    [Fact]
    public void Every_event_of_the_store_has_words()
    {
        Assert.Equal(EducationModule.Events.All.Values.Where(t => t.IsAssignableTo(typeof(IPupilEvent))).OrderBy(t => t.Name), OneOfEach.Select(e => e.GetType()).Distinct().OrderBy(t => t.Name));
        foreach (var e in OneOfEach)
        {
            var facts = Translate(e);
            Assert.IsType<PupilRecorded>(facts[0].Fact);
            Assert.All(facts, f => Assert.NotNull(Contract.Facts.NameOf(f.Fact)));
        }
        Assert.Equal(Enum.GetValues<PupilChange>(), OneOfEach.Select(e => ((PupilRecorded)Translate(e)[0].Fact).Change).Order());
    }

    [Fact]
    public void Every_event_comes_back_from_the_store_as_it_was() =>
        Assert.All(OneOfEach, e => Assert.Equal(e,
            EducationModule.Events.Read(EducationModule.Events.NameOf(e), JsonSerializer.Serialize<object>(e, EventTypes.Json))));

    [Fact]
    public void A_first_enrolment_looks_for_its_file_with_the_identity_sealed()
    {
        var fact = Assert.IsType<PupilAwaitsMatch>(Translate(OneOfEach[0])[1].Fact);
        Assert.Equal((PupilId, Sample.Numbers.Of(Sample.IdNumber).ToString()), (fact.PupilId, fact.BlindIndex));
        Assert.True(Sealed.TryParse(fact.SealedIdentity, out var closed));
        Assert.Equal(new PupilIdentity("测试", Sample.IdNumber), Sample.Registry.UnsealJson<PupilIdentity>(closed));
    }

    [Fact]
    public void No_event_and_no_fact_shows_a_name_or_a_number()
    {
        var (row, pupil) = (Sample.Row(Sample.EnrolledRow(studentNo: "G" + Sample.IdNumber)), Sample.Pupil());
        var e = Sample.Take.Decide(row, pupil, erased: false, Sample.County, Sample.Seal)!;
        foreach (var told in Translate(e).Select(f => f.Fact).Append(e))
        {
            var json = JsonSerializer.Serialize(told, told.GetType(), EventTypes.Json);
            Assert.DoesNotContain("测试", json, StringComparison.Ordinal);
            Assert.DoesNotContain(Sample.IdNumber, json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_child_behind_a_pupil_is_told_of_its_schooling()
    {
        var told = Translate(new PupilLinkedToChild(Sample.Child, Matched));
        Assert.Equal([PupilId, Sample.Child], told.Select(f => f.Subject));
        Assert.Equal(new ChildSchoolingRecorded(Sample.Child, PupilId, Schooling.JuniorMiddle, true, EnrolmentState.Enrolled, Sample.Day), told[1].Fact);
    }

    [Fact]
    public void After_an_unlink_that_pupil_tells_nothing_of_the_childs_schooling() =>
        Assert.Equal(new ChildSchoolingRecorded(Sample.Child, PupilId, Schooling.NotCollected, null), Translate(OneOfEach[^1])[1].Fact);

    [Fact]
    public void Who_was_unlinked_looks_for_its_file_again_with_the_identity_sealed()
    {
        var told = Translate(OneOfEach[^1]);
        Assert.Equal([typeof(PupilRecorded), typeof(ChildSchoolingRecorded), typeof(PupilAwaitsMatch)], told.Select(f => f.Fact.GetType()));
        var asked = (PupilAwaitsMatch)told[2].Fact;
        Assert.Equal((PupilId, Sample.Numbers.Of(Sample.IdNumber).ToString(), Sample.Facts.BirthDate), (asked.PupilId, asked.BlindIndex, asked.BirthDate));
        Assert.True(Sealed.TryParse(asked.SealedIdentity, out var closed));
        Assert.Equal(new PupilIdentity("测试", Sample.IdNumber), Sample.Registry.UnsealJson<PupilIdentity>(closed));
        Assert.DoesNotContain(Translate(new PupilUnlinkedFromChild(Sample.Child, Sample.Facts)), f => f.Fact is PupilAwaitsMatch);
    }

    [Fact]
    public void A_matched_pupil_whose_identity_is_told_anew_asks_whether_the_match_stands() =>
        Assert.Equal([typeof(PupilRecorded), typeof(PupilAwaitsMatch), typeof(ChildSchoolingRecorded)],
            Translate(new EnrolmentCorrected("S1", Sample.Identity("d2"), Matched)).Select(f => f.Fact.GetType()));

    [Fact]
    public void A_graduation_tells_the_child_its_state_and_its_day()
    {
        var graduated = Matched with { State = EnrolmentState.Graduated, Since = Sample.Day.AddDays(5) };
        Assert.Equal(new ChildSchoolingRecorded(Sample.Child, PupilId, Schooling.NotCollected, null, EnrolmentState.Graduated, Sample.Day.AddDays(5)),
            Translate(new PupilGraduated(graduated))[1].Fact);
    }

    [Fact]
    public void A_pupil_without_a_file_speaks_for_no_child() =>
        Assert.DoesNotContain(Translate(new PupilGraduated(Sample.Facts)), f => f.Fact is ChildSchoolingRecorded);

    [Theory]
    [InlineData(EnrolmentState.Enrolled, Stage.Kindergarten, Schooling.Kindergarten)]
    [InlineData(EnrolmentState.OnLeave, Stage.Primary, Schooling.Primary)]
    [InlineData(EnrolmentState.Enrolled, Stage.Vocational, Schooling.Vocational)]
    [InlineData(EnrolmentState.Enrolled, Stage.NotCollected, Schooling.NotCollected)]
    [InlineData(EnrolmentState.DroppedOut, Stage.Primary, Schooling.DroppedOut)]
    [InlineData(EnrolmentState.DroppedOut, Stage.JuniorMiddle, Schooling.DroppedOut)]
    [InlineData(EnrolmentState.DroppedOut, Stage.SeniorHigh, Schooling.NotInSchool)]
    [InlineData(EnrolmentState.DroppedOut, Stage.Vocational, Schooling.NotInSchool)]
    [InlineData(EnrolmentState.DroppedOut, Stage.Kindergarten, Schooling.NotInKindergarten)]
    [InlineData(EnrolmentState.Graduated, Stage.JuniorMiddle, Schooling.NotCollected)]
    [InlineData(EnrolmentState.TransferredOut, Stage.Primary, Schooling.NotCollected)]
    [InlineData(EnrolmentState.HomeTaught, Stage.Primary, Schooling.Primary)]
    [InlineData(EnrolmentState.Deferred, Stage.Primary, Schooling.NotInSchool)]
    [InlineData(EnrolmentState.RollGap, Stage.Primary, Schooling.NotCollected)]
    [InlineData(EnrolmentState.Left, Stage.Primary, Schooling.NotCollected)]
    public void Only_leaving_compulsory_school_is_dropout(EnrolmentState state, Stage stage, Schooling expected) =>
        Assert.Equal(expected, (Sample.Facts with { State = state, Stage = stage }).Schooled());

    [Theory]
    [InlineData(EnrolmentState.Enrolled, true)]
    [InlineData(EnrolmentState.DroppedOut, null)]
    public void Only_who_is_enrolled_boards(EnrolmentState state, bool? boards) =>
        Assert.Equal(boards, ((ChildSchoolingRecorded)Translate(new PupilLinkedToChild(Sample.Child, Matched with { State = state }))[1].Fact).Boarding);

    /// <summary>Born on 1 May 2012. Where the roll tells no stage, the age on the day of leaving says which; without an age its word stands.</summary>
    [Theory]
    [InlineData("2018-04-30", Schooling.NotInKindergarten)]
    [InlineData("2018-05-01", Schooling.DroppedOut)]
    [InlineData("2026-04-30", Schooling.DroppedOut)]
    [InlineData("2026-05-01", Schooling.NotInSchool)]
    [InlineData("2028-04-30", Schooling.NotInSchool)]
    public void Who_is_of_14_or_15_and_not_in_compulsory_school_is_never_a_dropout(string on, Schooling expected)
    {
        var left = Sample.Facts with { State = EnrolmentState.DroppedOut, Stage = Stage.NotCollected, BirthDate = new(2012, 5, 1), Since = DateOnly.Parse(on, null) };
        Assert.Equal(expected, left.Schooled());
        Assert.Equal(expected is Schooling.DroppedOut, left.IsCompulsory(DateOnly.Parse(on, null)));
        Assert.Equal(Schooling.DroppedOut, (left with { BirthDate = null }).Schooled());
        Assert.Equal(Schooling.DroppedOut, (left with { Stage = Stage.JuniorMiddle }).Schooled());
    }

    [Theory]
    [InlineData(EnrolmentState.Enrolled, null, Schooling.JuniorMiddle, EnrolmentState.Enrolled)]
    [InlineData(EnrolmentState.Enrolled, true, Schooling.DroppedOut, EnrolmentState.DroppedOut)]
    [InlineData(EnrolmentState.DroppedOut, null, Schooling.DroppedOut, EnrolmentState.DroppedOut)]
    [InlineData(EnrolmentState.DroppedOut, false, Schooling.JuniorMiddle, EnrolmentState.Enrolled)]
    [InlineData(EnrolmentState.OnLeave, true, Schooling.JuniorMiddle, EnrolmentState.OnLeave)]
    [InlineData(EnrolmentState.Graduated, true, Schooling.NotCollected, EnrolmentState.Graduated)]
    public void The_child_is_told_what_the_schools_register_says_before_what_the_roll_says(EnrolmentState state, bool? register, Schooling expected, EnrolmentState counted)
    {
        DropoutRegister? says = register is { } droppedOut ? new(droppedOut, Sample.Day.AddDays(9)) : null;
        var facts = Matched with { State = state, Register = says };
        Assert.Equal(new ChildSchoolingRecorded(Sample.Child, PupilId, expected, counted is EnrolmentState.Enrolled or EnrolmentState.OnLeave ? true : null, counted,
            counted == state ? Sample.Day : Sample.Day.AddDays(9)), Translate(new DropoutRegisterChanged(facts))[1].Fact);
    }

    private static List<RelayedFact> Translate(object e) =>
        [.. new EducationRelay().Translate(new(1, Guid.Empty, PupilId, 1, e, new(DateTimeOffset.UnixEpoch, Sample.Day)))];
}
