using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Education;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Partners;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.Intake;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.Sealing;
using Sex = LeftBehind.Contracts.Registry.Sex;
using Stage = LeftBehind.Contracts.Education.Stage;

namespace LeftBehind.EducationAttendance.Tests;

/// <summary>Two counties with a school each, keys made of one number, and what a roll tells of one pupil.</summary>
internal static class Sample
{
    public const string Here = "431003101201";
    public const string Elsewhere = "431102101201";
    public const string IdNumber = "11010519491231002X";
    public static readonly DateOnly Day = new(2026, 3, 2);

    public static readonly DivisionTree Tree = SmallTree();
    public static readonly RollKeys Keys = new(new BlindIndex(Bytes(1)));
    public static readonly RollRowCheck Checks = new(Tree, Keys);
    public static readonly IdNumberIndex Numbers = new(Bytes(2));
    public static readonly ReadEnrolment Reading = new(new KeyedDigest(Bytes(1)), Numbers, Keys);
    public static readonly TakeRoll Take = new(Checks, Reading);
    public static readonly SealedTo Registry = new("registry", Bytes(2));
    public static readonly PersonKey PersonKey = new MasterKey(Bytes(3)).CreateMany(1, DateTimeOffset.UnixEpoch)[0];
    public static readonly Caller County = CallerOf("431003");
    public static readonly Caller Province = CallerOf("43");
    public static readonly Guid Child = Guid.Parse("01890000-0000-7000-8000-000000000001");

    public static readonly PupilFacts Facts =
        new(EnrolmentState.Enrolled, Id(Here), Stage.JuniorMiddle, new(2012, 5, 1), Sex.Female, true, null, Day);

    public static DivisionId Id(string code) => DivisionId.Parse(code + "@2023");

    public static RollIdentity Seal(Pupil pupil, ToldEnrolment told) =>
        new(PersonKey.SealJson(told.Details), told.Digest, told.BlindIndex, Registry.SealJson(new PupilIdentity(told.Details.Name, told.Details.IdNumber)));

    public static RollIdentity Identity(string digest = "d1") =>
        new(PersonKey.SealJson(new PupilDetails("测试", IdNumber, "L1")), digest, Numbers.Of(IdNumber), Registry.SealJson(new PupilIdentity("测试", IdNumber)));

    public static ToldEnrolment Told(string digest = "d1") =>
        new(new("测试", IdNumber, "L1"), digest, null, "S1", Id(Here), Stage.JuniorMiddle, new(2012, 5, 1), Sex.Female, true, Day);

    /// <summary>A pupil with a history.</summary>
    public static Pupil Pupil(params IPupilEvent[] history) =>
        history.Aggregate(new Pupil(Guid.Parse("01890000-0000-7000-8000-0000000000aa")), (p, e) => p.After(e));

    public static Pupil Enrolled(PupilFacts? facts = null) => Pupil(new PupilEnrolled("S1", Identity(), facts ?? Facts));

    public static PushedRow<RollRow> Row(RollRow row)
    {
        if (row.StudentNo.Length == 0)
            row.StudentNo = "L2026000001";
        var pushed = new PushedRow<RollRow>(row, "student-roll", "e1", []);
        Inside<RollRow>.SetEffectiveOn(pushed, Day);
        return pushed;
    }

    public static RollRow EnrolledRow(Action<Enrolled>? change = null, string studentNo = "L2026000001")
    {
        var enrolled = new Enrolled
        {
            Name = "测试", BirthDate = "2012-05-01", Sex = Protos.Education.V1.Sex.Female, SchoolNo = "S1", SchoolCode = Here,
            Stage = Protos.Education.V1.Stage.JuniorMiddle, Boarding = Boarding.Boarder,
        };
        change?.Invoke(enrolled);
        return new() { StudentNo = studentNo, Enrolled = enrolled };
    }

    public static RollRow TransferredRow(string schoolCode) => new()
    {
        Transferred = new() { SchoolNo = "S2", SchoolCode = schoolCode, Stage = Protos.Education.V1.Stage.JuniorMiddle, Boarding = Boarding.DayPupil },
    };

    public static RowVerdict Answer(PushedRow<RollRow> row) => Inside<RollRow>.Answer(row);

    private static Caller CallerOf(string code) =>
        new("partner-1", Department.Partner, Role.Partner, Id(code), Tree) { Source = "student-roll" };

    private static byte[] Bytes(int seed) => [.. Enumerable.Range(seed, SealingOptions.KeySize).Select(n => (byte)n)];

    private static DivisionTree SmallTree()
    {
        string[] codes = ["43", "4310", "431003", "431003101", Here, "4311", "431102", "431102101", Elsewhere];
        var counts = string.Join('/', new[] { 2, 4, 6, 9, 12 }.Select(digits => codes.Count(code => code.Length == digits)));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"# edition=2023-06-30 counts={counts} name-bytes={codes.Length}\n" + string.Concat(codes.Select(c => $"{c},n,\n"))));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }

    /// <summary>What the way in does to a row before and after the decision.</summary>
    private static class Inside<TRow>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Answer")]
        public static extern RowVerdict Answer(PushedRow<TRow> row);

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_EffectiveOn")]
        public static extern void SetEffectiveOn(PushedRow<TRow> row, DateOnly day);
    }
}
