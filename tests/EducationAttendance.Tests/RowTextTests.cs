using Google.Protobuf;
using Google.Protobuf.Reflection;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Each text field that the contract has, also one that is added later, in an otherwise good row.</summary>
public class RowTextTests
{
    /// <summary>Sealed or hashed before anything is kept.</summary>
    private static readonly string[] Sealed = ["student_no", "enrolled.name", "enrolled.id_number", "number_assigned.lasting_student_no"];

    /// <summary>Read by the way in, before the row is checked.</summary>
    private static readonly string[] OfTheHead = ["source_event_id", "occurred_at", "effective_on"];

    public static TheoryData<string> TextFields => [.. Texts(RollRow.Descriptor, "")];

    public static TheoryData<string> ClearFields => [.. Texts(RollRow.Descriptor, "").Except(Sealed).Except(OfTheHead)];

    [Theory]
    [MemberData(nameof(TextFields))]
    public void No_text_field_takes_a_control_character_or_half_a_character(string field)
    {
        foreach (var broken in new[] { '\0', '\t', '\n', '\u001F', '\u007F', '\u0085', '\uD800', '\uDC00' })
            foreach (var place in new Func<string, string>[] { text => text + broken, text => broken + text })
            {
                var pushed = Sample.Row(With(field, place));
                Assert.Null(Sample.Checks.Check(pushed));
                var answer = Sample.Answer(pushed);
                Assert.Equal((Verdict.Rejected, field), (answer.Verdict, answer.Field));
                Assert.Contains("control character", answer.Reason, StringComparison.Ordinal);
            }
    }

    [Theory]
    [MemberData(nameof(ClearFields))]
    public void No_field_kept_in_the_clear_takes_an_id_number_or_a_mobile_number(string field)
    {
        string[] numbers =
        [
            Sample.IdNumber, "110105194912310021", "110105491231002", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X", "G" + Sample.IdNumber,
            "13812345678", "138-1234-5678", "8613812345678", "0086-13812345678", "１３８１２３４５６７８",
        ];
        foreach (var number in numbers)
        {
            var pushed = Sample.Row(With(field, _ => number));
            Assert.Null(Sample.Checks.Check(pushed));
            Assert.Equal((Verdict.Rejected, field), (Sample.Answer(pushed).Verdict, Sample.Answer(pushed).Field));
            Assert.DoesNotContain(number, Sample.Answer(pushed).Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_good_rows_of_these_tests_are_taken() =>
        Assert.All(Texts(RollRow.Descriptor, ""), field => Assert.NotNull(Sample.Checks.Check(Sample.Row(With(field, text => text)))));

    [Theory]
    [InlineData("enrolled.name", "𠮷野")]
    [InlineData("enrolled.name", "阿不都·热合曼")]
    [InlineData("enrolled.school_no", "2143003001")]
    [InlineData("enrolled.school_no", "124310034480001234")]
    [InlineData("on_leave.approval_no", "苏教批〔2026〕123号")]
    [InlineData("on_leave.approval_no", "2026-0302-00017")]
    [InlineData("dropped_out.cause_code", "03")]
    public void Rare_characters_and_numbers_of_schools_and_documents_are_taken(string field, string text) =>
        Assert.NotNull(Sample.Checks.Check(Sample.Row(With(field, _ => text))));

    private static IEnumerable<string> Texts(MessageDescriptor message, string within) => message.Fields.InFieldNumberOrder().SelectMany(field => field.FieldType switch
    {
        FieldType.String => [within + field.Name],
        FieldType.Message => Texts(field.MessageType, within + field.Name + "."),
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>A good row of the field's kind, with another text in the field.</summary>
    private static RollRow With(string field, Func<string, string> change)
    {
        var parts = field.Split('.');
        var row = Good(parts.Length > 1 ? parts[0] : "graduated");
        var message = parts.Length > 1 ? (IMessage)RollRow.Descriptor.FindFieldByName(parts[0]).Accessor.GetValue(row) : row;
        var accessor = message.Descriptor.FindFieldByName(parts[^1]).Accessor;
        accessor.SetValue(message, change((string)accessor.GetValue(message)));
        return row;
    }

    private static RollRow Good(string kind)
    {
        var row = kind switch
        {
            "enrolled" => Sample.EnrolledRow(),
            "transferred" => Sample.TransferredRow(Sample.Here),
            "on_leave" => new() { OnLeave = new() { ApprovalNo = "3", Until = "2026-09-01" } },
            "deferred" => new() { Deferred = new() { ApprovalNo = "3", Until = "2026-09-01", ApprovedBy = Protos.Education.V1.Approver.TownGovernment } },
            "transfer_announced" => new() { TransferAnnounced = new() { SchoolNo = "S2" } },
            "dropped_out" => new() { DroppedOut = new() { CauseCode = "03" } },
            "number_assigned" => new() { NumberAssigned = new() { LastingStudentNo = "G" + Sample.IdNumber } },
            "graduated" => new RollRow { Graduated = new() },
            _ => throw new NotSupportedException($"{kind} is a new kind of row: say how a good one looks."),
        };
        (row.StudentNo, row.SourceEventId, row.OccurredAt) = ("L2026000001", "e1", "2026-03-02T08:00:00+08:00");
        return row;
    }
}
