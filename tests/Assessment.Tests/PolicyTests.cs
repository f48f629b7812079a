using System.Runtime.CompilerServices;
using LeftBehind.Assessment.Assessments;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Contracts.Registry;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using Xunit;

namespace LeftBehind.Assessment.Tests;

public class PolicyTests
{
    private static readonly WorkCalendar Calendar = WorkCalendar.Load(Shipped());
    private static readonly DateTimeOffset Informed = new(2026, 4, 29, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void An_assessment_opens_when_the_town_is_notified_and_only_once()
    {
        var file = new AssessmentFile(Guid.NewGuid());
        var opened = Assert.Single(Opening.Decide(OpenAssessmentWhenTownNotified.OpeningOf(Notice(Urgency.Emergency), Calendar), file));

        Assert.Equal(Urgency.Emergency, opened.Urgency);
        Assert.Empty(Opening.Decide(OpenAssessmentWhenTownNotified.OpeningOf(Notice(Urgency.Emergency), Calendar), file.After(opened)));
    }

    [Fact]
    public void An_assessment_opens_on_an_abnormal_situation_from_when_the_town_was_told_and_by_its_urgency()
    {
        var told = new AbnormalSituationReported(
            Guid.NewGuid(), Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), Guid.NewGuid(), [VisitFinding.CarerAbsent], Urgency.High, Informed.AddDays(-1), Informed);
        var opened = OpenAssessmentWhenAbnormalSituationReported.OpeningOf(told, Calendar);
        Assert.Equal((told.ChildId, told.SituationId, null), (opened.Of.Child, opened.Situation, opened.Response));
        Assert.Equal((Urgency.High, Informed.AddDays(3)), (opened.Urgency, opened.DueAt));
        Assert.Empty(Opening.Decide(opened, new AssessmentFile(Guid.NewGuid()).After(opened)));
    }

    [Fact]
    public void The_same_notice_always_opens_the_same_assessment_and_another_opens_another()
    {
        var notice = new Guid("00000000-0000-4000-8000-000000000001");

        // Streams of earlier releases were opened under this id.
        Assert.Equal(new("2e67a345-e53f-8387-1945-0ff068f666e9"), Of(nameof(OpenAssessmentWhenTownNotified), notice));
        Assert.NotEqual(Of(nameof(OpenAssessmentWhenTownNotified), notice), Of(nameof(OpenAssessmentWhenTownNotified), Guid.NewGuid()));
        Assert.NotEqual(Of(nameof(OpenAssessmentWhenTownNotified), notice), Of(nameof(OpenAssessmentWhenAbnormalSituationReported), notice));

        static Guid Of(string policy, Guid fact) => Opening.IdOf(policy, fact);
    }

    [Fact]
    public void An_emergency_is_due_in_24_hours_and_high_in_3_days()
    {
        Assert.Equal(Informed.AddHours(24), AssessmentDuty.DueAt(Urgency.Emergency, Informed, Calendar));
        Assert.Equal(Informed.AddDays(3), AssessmentDuty.DueAt(Urgency.High, Informed, Calendar));
    }

    [Fact]
    public void Otherwise_it_is_due_at_the_end_of_the_tenth_working_day_past_holiday_and_make_up_day()
    {
        // 29 April 2026 is a Wednesday; 1 to 5 May are off, Saturday 9 May is a make-up day: the tenth working day after it is 15 May.
        Assert.Equal(new DateTimeOffset(2026, 5, 16, 0, 0, 0, TimeSpan.FromHours(8)), AssessmentDuty.DueAt(Urgency.Ordinary, Informed, Calendar));
    }

    [Theory]
    [InlineData(Urgency.Emergency, "24小时")]
    [InlineData(Urgency.High, "3日")]
    [InlineData(Urgency.Ordinary, "10个工作日")]
    public void The_time_of_an_assessment_is_a_platform_default_and_says_so(Urgency urgency, string time)
    {
        var terms = AssessmentDuty.TermsOf(urgency);
        Assert.Equal((AssessmentDuty.Kind, ObligationBasis.PlatformDefault), (terms.Kind, terms.Basis));
        Assert.StartsWith("平台默认", terms.Citation, StringComparison.Ordinal);
        Assert.Contains(time, terms.Citation, StringComparison.Ordinal);
        Assert.True(terms.AtRiskAt(Informed, Calendar) < terms.DueAt(Informed, Calendar) && terms.EscalatesAt(Informed, Calendar) > terms.DueAt(Informed, Calendar));
    }

    [Fact]
    public void The_town_owes_the_assessment_of_its_villages_and_its_duty_is_due_when_the_assessment_is()
    {
        var tree = Tree("43", "4310", "431003", "431003101", "431003101218");
        var opened = OpenAssessmentWhenTownNotified.OpeningOf(Notice(Urgency.High), Calendar);
        var file = new AssessmentFile(Guid.NewGuid()).After(opened);
        var duty = AssessmentDuty.Of(file, tree, new(Informed, new(2026, 4, 29)));
        Assert.Equal((DivisionId.Parse("431003101@2023"), OwnerDepartment.CivilAffairs, new ObligationSubject("assessment", file.Id)), (duty.Division, duty.Department, duty.Subject));
        Assert.Equal(opened.DueAt, duty.Terms.DueAt(duty.StartsAt, Calendar));
        Assert.Equal((duty.Subject, duty.Key), (AssessmentDuty.Done(file, duty.Meta).Subject, AssessmentDuty.Done(file, duty.Meta).Key));
        var ofTown = opened with { Of = opened.Of with { Division = DivisionId.Parse("431003101@2023") } };
        Assert.Equal(DivisionId.Parse("431003101@2023"), AssessmentDuty.Of(file.After(ofTown), tree, duty.Meta).Division);
    }

    private static DivisionTree Tree(params string[] codes)
    {
        var text = $"# edition=2023-06-30 counts=1/1/1/1/1 name-bytes={codes.Length}\n" + string.Concat(codes.Select(code => $"{code},n,\n"));
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }

    private static TownNotified Notice(Urgency urgency) =>
        new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), DivisionId.Parse("431003101218@2023"), urgency, Informed);

    private static string Shipped([CallerFilePath] string source = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory, Path.GetDirectoryName(source) })
            for (var folder = start is null ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "LeftBehind.sln")))
                    return Path.Combine(folder.FullName, "deploy", "data", "workdays.json");
        throw new DirectoryNotFoundException("No folder above the tests holds LeftBehind.sln.");
    }
}
