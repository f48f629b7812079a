using LeftBehind.Contracts.Registry;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using Approver = LeftBehind.Protos.Education.V1.Approver;
using Enrolled = LeftBehind.Protos.Education.V1.Enrolled;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.EducationAttendance.Tests;

public class RowCheckTests
{
    public static TheoryData<string, RollRow> WrongRows() => new()
    {
        { "row", new RollRow { StudentNo = "L1" } },
        { "student_no", new RollRow { StudentNo = "L 1/2", Graduated = new() } },
        { "enrolled.school_no", Sample.EnrolledRow(e => e.SchoolNo = "") },
        { "enrolled.school_code", Sample.EnrolledRow(e => e.SchoolCode = "431003101") },
        { "enrolled.school_code", Sample.EnrolledRow(e => e.SchoolCode = "431003101999") },
        { "enrolled.birth_date", Sample.EnrolledRow(e => e.BirthDate = "2012-5-1") },
        { "enrolled.birth_date", Sample.EnrolledRow(e => e.BirthDate = "2026-03-03") },
        { "enrolled.birth_date", Sample.EnrolledRow(e => e.BirthDate = "1899-12-31") },
        { "enrolled.stage", Sample.EnrolledRow(e => e.Stage = (Stage)9) },
        { "enrolled.name", Sample.EnrolledRow(e => e.Name = new string('名', 101)) },
        { "transferred.school_code", Sample.TransferredRow("") },
        { "on_leave.approval_no", new RollRow { OnLeave = new() } },
        { "on_leave.approval_no", new RollRow { OnLeave = new() { ApprovalNo = " " } } },
        { "on_leave.until", new RollRow { OnLeave = new() { ApprovalNo = "3", Until = "2026-03-01" } } },
        { "on_leave.approved_by", new RollRow { OnLeave = new() { ApprovalNo = "3", ApprovedBy = (Approver)9 } } },
        { "deferred.approval_no", new RollRow { Deferred = new() { ApprovedBy = Approver.TownGovernment } } },
        { "deferred.approved_by", new RollRow { Deferred = new() { ApprovalNo = "3" } } },
        { "left.reason", new RollRow { Left = new() } },
        { "transfer_announced.school_no", new RollRow { TransferAnnounced = new() } },
        { "enrolled.class_no", Sample.EnrolledRow(e => e.ClassNo = new string('班', 65)) },
        { "enrolled.class_no", Sample.EnrolledRow(e => e.ClassNo = "13812345678") },
        { "student_no", new() { StudentNo = "G" + Sample.IdNumber, NumberAssigned = new() { LastingStudentNo = "G" + Sample.IdNumber } } },
        { "number_assigned.lasting_student_no", new() { NumberAssigned = new() { LastingStudentNo = "L2" } } },
        { "number_assigned.lasting_student_no", new() { NumberAssigned = new() } },
        { "enrolled.grade", Sample.EnrolledRow(e => e.Grade = 13) },
        { "dropped_out.cause_code", new RollRow { DroppedOut = new() { CauseCode = "外出务工" } } },
    };

    [Theory]
    [MemberData(nameof(WrongRows), DisableDiscoveryEnumeration = true)]
    public void A_wrong_field_is_named(string field, RollRow row)
    {
        var pushed = Sample.Row(row);
        Assert.Null(Sample.Checks.Check(pushed));
        Assert.Equal((Verdict.Rejected, field), (pushed.Verdict, Sample.Answer(pushed).Field));
    }

    [Fact]
    public void Only_an_enrolment_is_waited_for()
    {
        var enrolment = Sample.Checks.Check(Sample.Row(Sample.EnrolledRow()))!;
        var graduation = Sample.Checks.Check(Sample.Row(new() { Graduated = new() }))!;
        Assert.NotNull(enrolment.Provides);
        Assert.Null(graduation.Provides);
        Assert.Equal(enrolment.Order, graduation.Order);
    }

    [Fact]
    public void A_g_number_gives_the_id_number_birth_date_and_sex_that_are_not_told()
    {
        var told = Read(Sample.EnrolledRow(NothingTold, "G" + Sample.IdNumber), out var answer);
        Assert.Equal(Sample.IdNumber, told.Details.IdNumber);
        Assert.Equal(Sample.Numbers.Of(Sample.IdNumber), told.BlindIndex);
        Assert.Equal((new DateOnly(1949, 12, 31), Sex.Female), (told.BirthDate!.Value, told.Sex));
        Assert.Equal("", answer.Reason);
    }

    [Theory]
    [InlineData("L")]
    [InlineData("J")]
    public void An_l_or_j_number_gives_nothing(string letter)
    {
        var told = Read(Sample.EnrolledRow(NothingTold, letter + Sample.IdNumber), out _);
        Assert.Equal(("", null, null, Sex.NotCollected), (told.Details.IdNumber, told.BlindIndex, told.BirthDate, told.Sex));
    }

    [Fact]
    public void A_bad_number_warns_and_keeps_the_pupil()
    {
        var told = Read(Sample.EnrolledRow(NothingTold, "G110105194912310021"), out var answer);
        Assert.Equal((null, null), (told.BlindIndex, told.BirthDate));
        Assert.Equal("student_no", answer.Field);
        Assert.DoesNotContain("1101", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_birth_date_beside_the_number_stands_and_warns()
    {
        var told = Read(Sample.EnrolledRow(e => e.IdNumber = Sample.IdNumber), out var answer);
        Assert.Equal(new DateOnly(2012, 5, 1), told.BirthDate);
        Assert.Equal("enrolled.birth_date", answer.Field);
    }

    [Fact]
    public void The_digest_tells_identities_apart_and_schools_not()
    {
        var one = Read(Sample.EnrolledRow(), out _).Digest;
        Assert.Equal(one, Read(Sample.EnrolledRow(e => e.SchoolNo = "S9"), out _).Digest);
        Assert.NotEqual(one, Read(Sample.EnrolledRow(e => e.Name = "测验"), out _).Digest);
    }

    private static void NothingTold(Enrolled e) => (e.BirthDate, e.Sex) = ("", Protos.Education.V1.Sex.Unknown);

    private static ToldEnrolment Read(RollRow row, out RowVerdict answer)
    {
        var pushed = Sample.Row(row);
        Assert.NotNull(Sample.Checks.Check(pushed));
        var told = Sample.Reading.Read(pushed, TakeRoll.StudentNoOf(row), Sample.Id(Sample.Here));
        answer = Sample.Answer(pushed);
        return told;
    }
}
