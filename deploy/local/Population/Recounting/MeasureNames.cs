namespace LeftBehind.Population.Recounting;

/// <summary>What is recounted: population.dimension.bucket, as the official table has them (农村留守儿童基本情况排查汇总表) and the roll.</summary>
internal static class MeasureNames
{
    private const string AgeSex = "0-5 6-13 14-15 16-17 notCollected";
    private const string Schooling = "kindergarten notInKindergarten primary juniorMiddle seniorHigh vocational droppedOut notInSchool notCollected";
    private const string Health = "healthy disabled ill notCollected";
    private const string Aid = "basicLivingAllowance extremePoverty minimumLiving medical temporary none notCollected";
    private const string Visited = "inTime overdue never notDue";
    private const string Screened = "notScreened safe hazardFound";
    private const string Schooled = "yes droppedOut no notCollected";
    private const string Carer = "grandparents relativesOrFriends otherParent none notCollected";

    public static readonly string[] All =
    [
        "onFile.total.all", .. Ages("onFile"), .. Each("onFile.schooling", Schooling), .. Each("onFile.carer", Carer),
        .. Each("onFile.category", "none leftBehind inDifficulty leftBehindInDifficulty undetermined undeterminedInDifficulty"), .. Each("onFile.verified", "yes no"),
        .. Each("onFile.health", Health), .. Each("onFile.aid", Aid),
        "leftBehind.total.all", .. Ages("leftBehind"), .. Each("leftBehind.schooling", Schooling), .. Each("leftBehind.carer", Carer),
        .. Each("leftBehind.reason", "bothParentsOut oneOutOtherWithoutCapacity notCollected"),
        .. Each("leftBehind.boarding", "yes no notCollected"), .. Each("leftBehind.grade", "good fair poor notCollected"),
        .. from goal in new[] { "educated", "guarded", "supported", "healthy", "safe" } from bucket in new[] { "met", "failed", "notCollected" } select $"leftBehind.{goal}.{bucket}",
        .. Each("leftBehind.health", Health), .. Each("leftBehind.aid", Aid),
        .. Each("leftBehind.screenedWinterHoliday", Screened), .. Each("leftBehind.screenedSummerHoliday", Screened), .. Each("leftBehind.screenedAfterSchool", Screened),
        .. Each("inDifficulty.difficulty", "seriousIllness severeDisability deFactoUnsupported hardship guardianMissing several notCollected"),
        .. Each("onFile.verifiedByVisit", "yes no"), .. Each("onFile.worker", "named missing"),
        .. Each("onFile.keyList", "none droppedOut hardship guardianMissing deFactoUnsupported disabled highRisk several"),
        .. Each("leftBehind.visited", Visited), .. Each("inDifficulty.visited", Visited),
        .. Each("leftBehind.entrusted", "yes no notCollected"), .. Each("leftBehind.screened", "yes no notCollected"),
        .. Each("leftBehind.notified", "yes no notCollected"), .. Each("leftBehind.contact", "inTime missed notCollected"), .. Each("onFile.unattended", "yes no"),
        "inDifficulty.total.all", .. Ages("inDifficulty"), .. Each("inDifficulty.schooling", Schooling), .. Each("inDifficulty.carer", Carer),
        "pupil.total.all", .. Ages("pupil"), .. Each("pupil.schooling", Schooling),
        .. Each("pupil.state", "enrolled onLeave droppedOut notInSchool deferred homeTaught rollGap"), .. Each("pupil.match", "matched waiting"), .. Each("pupil.boarding", "yes no notCollected"),
        .. Each("pupil.attendance", "present absent notTaken notCollected"), .. Each("pupil.truancy", "none unexcused truant notCollected"),
        .. Each("pupil.dropout", "none absence contacted visited suspected registered persuasion reported townPersuasion ordered legalMeasures returned"),
        .. Each("pupil.contactCard", "signed unsigned none"), .. Each("pupil.helpedCall", "connected notConnected none"),
        .. Each("pupil.enrolment", "inSchool notInSchool notCompulsory notCollected"),
        "hardship.total.all", .. Each("hardship.schooled", Schooled), "disabled.total.all", .. Each("disabled.schooled", Schooled),
    ];

    private static IEnumerable<string> Each(string dimension, string buckets) => buckets.Split(' ').Select(b => $"{dimension}.{b}");

    private static IEnumerable<string> Ages(string population) =>
        from band in AgeSex.Split(' ') from sex in new[] { "male", "female", "notCollected" } select $"{population}.ageSex.{band}.{sex}";
}
