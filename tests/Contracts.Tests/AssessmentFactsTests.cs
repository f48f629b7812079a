using System.Text.Json;
using System.Text.Json.Serialization;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Reporting;
using Xunit;

namespace LeftBehind.ContractsTests;

/// <summary>What Assessment tells others, in the words in which it is stored: they only grow, and the words of each list stay in their order.</summary>
public sealed class AssessmentFactsTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Guid Assessment = new("00000000-0000-4000-8000-0000000000a1"), Child = new("00000000-0000-4000-8000-0000000000c1"),
        Plan = new("00000000-0000-4000-8000-0000000000b1"), Service = new("00000000-0000-4000-8000-0000000000d1");
    private static readonly DivisionId Village = DivisionId.Parse("431003101218@2023");
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static object[] Facts =>
    [
        new AssessmentOpened(Assessment, Child, Village, Urgency.High, At.AddDays(3)),
        new AssessmentFinalised(Assessment, null, Village, GuardianshipGrade.Poor, RiskLevel.High),
        new AssessmentRecorded(Assessment, AssessmentChange.Opened, new(Child, Village, AssessmentTrigger.TownInformed, Urgency.High, AssessmentState.Opened, At.AddDays(3), null, null, null)),
        new AssessmentRecorded(Assessment, AssessmentChange.Finalised, new(
            null, Village, AssessmentTrigger.HalfYearly, Urgency.Ordinary, AssessmentState.Finalised, At.AddDays(3), At, GuardianshipGrade.Fair, RiskLevel.Medium)),
        new PlanDrafted(Assessment, Child, Village, [AssistanceService.GuardianshipGuidance, AssistanceService.SocialAssistance]),
        new PlanApproved(Assessment, Child, Village),
        new PlanRecorded(Plan, PlanChange.ServiceDelivered, new(Assessment, Child, Village, PlanState.Active, [new(Service, AssistanceService.LegalAid, ServiceState.Delivered)])),
    ];

    private static Type[] Words =>
    [
        typeof(GuardianshipGrade), typeof(RiskLevel), typeof(AssistanceService), typeof(AssessmentTrigger), typeof(AssessmentState), typeof(AssessmentChange), typeof(PlanState),
        typeof(ServiceState), typeof(PlanChange),
    ];

    private static string[] Approved => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "assessment.approved.txt"));

    [Fact]
    public void Facts_are_written_as_they_were_approved_and_what_was_written_is_read()
    {
        var written = Facts.Select(f => $"{NameOf(f.GetType())} {JsonSerializer.Serialize(f, f.GetType(), Json)}").ToList();
        Assert.Equal(Approved.Where(line => line.Contains('{', StringComparison.Ordinal)), written);
        Assert.All(Facts.Zip(written), f => Assert.Equal(f.Second[(f.Second.IndexOf(' ', StringComparison.Ordinal) + 1)..],
            JsonSerializer.Serialize(JsonSerializer.Deserialize(f.Second[(f.Second.IndexOf(' ', StringComparison.Ordinal) + 1)..], f.First.GetType(), Json), f.First.GetType(), Json)));
    }

    [Fact]
    public void Words_stay_in_their_order_and_new_ones_come_last() =>
        Assert.Equal(Approved.Where(line => !line.Contains('{', StringComparison.Ordinal)), Words.Select(w => $"{w.Name}: {string.Join(", ", Enum.GetNames(w))}"));

    [Fact]
    public void Every_fact_of_assessment_is_approved() => Assert.Equal(
        typeof(AssessmentOpened).Assembly.GetTypes().Where(t => t.Namespace == typeof(AssessmentOpened).Namespace && t.IsDefined(typeof(StoredNameAttribute), false)).ToHashSet(),
        Facts.Select(f => f.GetType()).ToHashSet());

    private static string NameOf(Type type) => ((StoredNameAttribute)Attribute.GetCustomAttribute(type, typeof(StoredNameAttribute))!).Name;
}
