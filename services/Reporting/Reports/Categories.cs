using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// The nine categories of the 2020 opinions (关于建立侵害未成年人案件强制报告制度的意见（试行） §4), each with the situation of the policy that
/// it is mapped to where the reporter names none, and whether it is an emergency. The mapping is a platform default.
/// </summary>
public static class Categories
{
    private static readonly Dictionary<ReportedCategory, (Situation Situation, bool Emergency)> Mapped = new()
    {
        [ReportedCategory.AbnormalPrivateInjury] = (Situation.OtherHarm, true),
        [ReportedCategory.SexualHarmUnder14] = (Situation.OtherHarm, true),
        [ReportedCategory.SexualHarmFrom14] = (Situation.OtherHarm, true),
        [ReportedCategory.InjuryOrAbuse] = (Situation.DomesticViolence, true),
        [ReportedCategory.UnnaturalInjuryOrDeath] = (Situation.OtherHarm, true),
        [ReportedCategory.AbandonedOrUnattended] = (Situation.LivingAlone, false),
        [ReportedCategory.MissingOrTrafficked] = (Situation.Missing, true),
        [ReportedCategory.OrganisedBegging] = (Situation.OtherHarm, false),
        [ReportedCategory.OtherSeriousHarm] = (Situation.OtherHarm, false),
    };

    public static Situation SituationOf(ReportedCategory category) => Mapped[category].Situation;

    public static bool IsEmergency(ReportedCategory category) => Mapped[category].Emergency;
}
