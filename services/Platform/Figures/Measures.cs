using LeftBehind.Access;
using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Obligations;
using static LeftBehind.Access.FieldGroup;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// The measures of the cube, each population.dimension.bucket with a number that is stored and never changes: append only.
/// Every dimension has a notCollected (未采集) bucket where a value may be missing, so that each sums to its total.
/// </summary>
public static class Measures
{
    public const string OnFile = "onFile", LeftBehind = "leftBehind", InDifficulty = "inDifficulty", Pupil = "pupil", Obligation = "obligation", Hazard = "hazard",
        ClassDay = "classDay", Report = "report", Response = "response", Placement = "placement", InterventionCase = "interventionCase", HotlineAppeal = "hotlineAppeal",
        Assessment = "assessment", Plan = "plan", Service = "planService", Reconciliation = "reconciliation", Pairing = "pairing", Admission = "admission", NightRoll = "nightRoll", HandOver = "handOver",
        Hardship = "hardship", Disabled = "disabled", LawTerm = "lawTerm";

    private static readonly string[] AgeSex =
        [.. from age in new[] { "0-5", "6-13", "14-15", "16-17", "notCollected" } from sex in new[] { "male", "female", "notCollected" } select $"{age}.{sex}"];
    private static readonly string[] Schooling =
        ["kindergarten", "notInKindergarten", "primary", "juniorMiddle", "seniorHigh", "vocational", "droppedOut", "notInSchool", "notCollected"];
    private static readonly string[] Schooled = ["yes", "droppedOut", "no", "notCollected"];
    private static readonly string[] Carer = ["grandparents", "relativesOrFriends", "otherParent", "none", "notCollected"];
    private static readonly string[] Reason = ["bothParentsOut", "oneOutOtherWithoutCapacity", "notCollected"];
    private static readonly string[] Health = ["healthy", "disabled", "ill", "notCollected"];
    private static readonly string[] Aid = ["basicLivingAllowance", "extremePoverty", "minimumLiving", "medical", "temporary", "none", "notCollected"];
    private static readonly string[] DifficultyKinds =
        ["seriousIllness", "severeDisability", "deFactoUnsupported", "hardship", "guardianMissing", "several", "notCollected"];
    private static readonly string[] Visited = ["inTime", "overdue", "never", "notDue"];
    private static readonly string[] KeyList =
        ["none", "droppedOut", "hardship", "guardianMissing", "deFactoUnsupported", "disabled", "highRisk", "several"];
    private static readonly string[] Screened = ["notScreened", "safe", "hazardFound"];
    private static readonly string[] Dropout =
        ["none", "absence", "contacted", "visited", "suspected", "registered", "persuasion", "reported", "townPersuasion", "ordered", "legalMeasures", "returned"];
    private static readonly string[] Goal = ["met", "failed", "notCollected"];
    private static readonly string[] Owners = [.. Enum.GetNames<OwnerDepartment>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];
    private static readonly string[] Category = ["none", "leftBehind", "inDifficulty", "leftBehindInDifficulty", "undetermined"];

    private static readonly string[] Categories =
        ["abnormalPrivateInjury", "sexualHarmUnder14", "sexualHarmFrom14", "injuryOrAbuse", "unnaturalInjuryOrDeath", "abandonedOrUnattended", "missingOrTrafficked",
            "organisedBegging", "otherSeriousHarm", "notCollected"];
    private static readonly string[] Reporters =
        ["school", "kindergarten", "hospital", "villageCommittee", "socialWorkOrganisation", "reliefStation", "welfareInstitution", "citizen", "organisation", "child",
            "platformRule", "anonymous"];
    private static readonly string[] Grounds =
        ["guardianNotFound", "guardianMissing", "guardianPrevented", "guardianRefusing", "guardianAbetting", "guardianHarming", "otherByLaw"];
    private static readonly string[] CaseSteps =
        ["notCollected", "admonition", "reprimand", "writtenWarning", "familyEducationOrder", "adminPenalty", "criminalFiling", "protectionOrder",
            "revocationPetition", "petitionDismissed", "petitionWithdrawn", "guardianDesignated", "restorationPetition", "restored", "restorationRefused", "carerFoundUnfit"];

    private static readonly string[] AppealStates = ["received", "classified", "assigned", "transferred", "inProgress", "answered", "followedUp", "closed"], Often = ["none", "once", "several"];

    // What it tells of a child to be listed under a dimension, beside who the child is: the rows of the access table.
    private static readonly FieldGroup[] Who = [Identity], School = [Identity, FieldGroup.Schooling], Care = [Identity, Contact], Need = [Identity, HealthAid],
        Harm = [Identity, ReportResponse], Reporter = [Identity, ReportResponse, ReporterIdentity], Court = [InterventionCourt],
        Line = [Identity, FieldGroup.HotlineAppeal], Assessed = [Identity, AssessmentPlan];

    /// <summary>
    /// Figures are for all; the subjects behind one only for who may read all that the figure tells of each of them. To be in
    /// difficulty is illness, disability or hardship, so health and aid; a carer and parents away are contact, as in timelines;
    /// a pupil is schooling all through.
    /// </summary>
    private static readonly (string Population, string Dimension, string[] Buckets, FieldGroup[] Tells)[] Dimensions =
    [
        (OnFile, "total", ["all"], Who), (OnFile, "ageSex", AgeSex, Who), (OnFile, "schooling", Schooling, School), (OnFile, "carer", Carer, Care),
        (OnFile, "category", Category, Need), (OnFile, "verified", ["yes", "no"], Who),
        (LeftBehind, "total", ["all"], Who), (LeftBehind, "ageSex", AgeSex, Who), (LeftBehind, "schooling", Schooling, School), (LeftBehind, "carer", Carer, Care),
        (LeftBehind, "reason", Reason, Care),
        (InDifficulty, "total", ["all"], Need), (InDifficulty, "ageSex", AgeSex, Need), (InDifficulty, "schooling", Schooling, [.. Need, FieldGroup.Schooling]),
        (InDifficulty, "carer", Carer, [.. Need, Contact]),
        (Pupil, "total", ["all"], School), (Pupil, "ageSex", AgeSex, School),
        (Pupil, "schooling", ["kindergarten", "primary", "juniorMiddle", "seniorHigh", "vocational", "droppedOut", "notCollected"], School),
        (Pupil, "state", ["enrolled", "onLeave", "droppedOut"], School), (Pupil, "match", ["matched", "waiting"], School),
        (Pupil, "boarding", ["yes", "no", "notCollected"], School),
        // Leaving a stage that is not compulsory is no dropout.
        (Pupil, "schooling", ["notInSchool", "notInKindergarten"], School), (Pupil, "state", ["notInSchool"], School),
        // Duties are counted where they are owed. Which of them a caller may list follows from the service that told of each.
        (Obligation, "total", ["all"], Who), (Obligation, "state", ["open", "atRisk", "overdue", "fulfilled", "fulfilledLate", "waived"], Who),
        (OnFile, "health", Health, Need), (OnFile, "aid", Aid, Need), (LeftBehind, "health", Health, Need), (LeftBehind, "aid", Aid, Need),
        (InDifficulty, "difficulty", DifficultyKinds, Need), (OnFile, "category", ["undeterminedInDifficulty"], Need),
        // The key list tells of dropping out, health, aid and risk; how a visit stands tells of none.
        (OnFile, "verifiedByVisit", ["yes", "no"], Who), (OnFile, "worker", ["named", "missing"], Who),
        (OnFile, "keyList", KeyList, [.. Need, FieldGroup.Schooling, AssessmentPlan]), (LeftBehind, "visited", Visited, Who), (InDifficulty, "visited", Visited, Need),
        (LeftBehind, "entrusted", ["yes", "no", "notCollected"], Care), (LeftBehind, "screened", ["yes", "no", "notCollected"], Care),
        (LeftBehind, "notified", ["yes", "no", "notCollected"], Care), (LeftBehind, "contact", ["inTime", "missed", "notCollected"], Care),
        (OnFile, "unattended", ["yes", "no"], Care),
        // Of each kind the campaign opened last where the child lives; without any, nobody is screened. A hazard is told apart from the child.
        (LeftBehind, "screenedWinterHoliday", Screened, Who), (LeftBehind, "screenedSummerHoliday", Screened, Who), (LeftBehind, "screenedAfterSchool", Screened, Who),
        (Hazard, "total", ["all"], Who), (Hazard, "kind", ["drowning", "traffic", "scald", "fall", "poisoning"], Who),
        (Hazard, "state", ["found", "ordered", "overdue", "rectified", "rectifiedLate"], Who),
        (Pupil, "attendance", ["present", "absent", "notTaken", "notCollected"], School), (Pupil, "truancy", ["none", "unexcused", "truant", "notCollected"], School),
        (Pupil, "state", ["deferred", "homeTaught", "rollGap"], School),
        (ClassDay, "total", ["all"], School), (ClassDay, "roll", ["taken", "takenLate", "missing"], School),
        (Pupil, "dropout", Dropout, School),
        // Of what kind who reported was points at who it was: figures alone, no list.
        (Report, "total", ["all"], Harm), (Report, "situation", ["livingAlone", "missing", "guardianIncapableOrFailing", "domesticViolence", "otherHarm"], Harm),
        (Report, "category", Categories, Harm), (Report, "reporter", Reporters, Reporter), (Report, "urgency", ["ordinary", "high", "emergency"], Harm),
        (Report, "state", ["received", "triaged", "referredToPolice", "underHandling", "concluded", "linked", "unfounded", "outOfScope"], Harm),
        (Report, "delay", CountReports.DelayBuckets, Harm),
        (Response, "total", ["all"], Harm), (Response, "state", ["dispatchRequested", "onScene", "measuresTaken", "handedOver", "closed"], Harm),
        (Response, "delay", CountReports.DispatchBuckets, Harm),
        (Placement, "total", ["all"], Harm), (Placement, "state", ["placed", "returned", "longTerm", "court"], Harm), (Placement, "ground", Grounds, Harm),
        (Placement, "place", ["relative", "fosterFamily", "protectionBody", "welfareBody"], Harm),
        // How far intervention has come; the grounds that are wholly shown; the last protection order; the proceedings.
        (InterventionCase, "total", ["all"], Court), (InterventionCase, "step", CaseSteps, Court),
        (InterventionCase, "ground", ["none", "g1", "g2", "g3", "g4", "g5", "g6", "several"], Court),
        (InterventionCase, "order", ["none", "applied", "granted", "refused", "lapsed", "setAside"], Court),
        (InterventionCase, "state", ["open", "petitionFiled", "judged", "restorationFiled", "closed"], Court),
        // An appeal to 12355; of each kind of help how often it was given.
        (HotlineAppeal, "total", ["all"], Line), (HotlineAppeal, "class", ["report", "appeal", "consultation", "update", "spam", "wrongNumber", "notClassified"], Line),
        (HotlineAppeal, "state", AppealStates, Line), (HotlineAppeal, "channel", ["phone", "online"], Line),
        (HotlineAppeal, "answer", ["notDue", "pending", "overdue", "inTime", "late"], Line), (HotlineAppeal, "transferred", Often, Line),
        (HotlineAppeal, "psychologicalHelp", Often, Line), (HotlineAppeal, "familyGuidance", Often, Line), (HotlineAppeal, "otherHelp", Often, Line),
        (Assessment, "total", ["all"], Assessed), (Assessment, "state", ["opened", "fieldworkDone", "drafted", "reviewed", "finalised", "superseded"], Assessed),
        (Assessment, "due", ["due", "overdue", "inTime", "late", "superseded"], Assessed), (Assessment, "risk", ["low", "medium", "high", "notCollected"], Assessed),
        (Assessment, "grade", ["good", "fair", "poor", "notCollected"], Assessed),
        (Plan, "total", ["all"], Assessed), (Plan, "state", ["draft", "approved", "active", "reviewed", "completed", "terminated"], Assessed),
        (Service, "total", ["all"], Assessed), (Service, "state", ["planned", "arranged", "delivered", "failed", "declined"], Assessed),
        (Service, "delivered", [.. Enum.GetNames<AssistanceService>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName), "none"], Assessed),
        // Differences between the roll and Registry, while they last.
        (Reconciliation, "total", ["all"], School),
        (Reconciliation, "kind", ["notInRegistry", "leftBehindInRegistry", "leftBehindOnRoll", "movedInRegistry", "deceasedInRegistry", "deceasedOnRoll"], School),
        (Reconciliation, "state", ["open", "decided"], School),
        // Pairings that run. That of a poor or disabled pupil tells of health and aid.
        (Pairing, "total", ["all"], School), (Pairing, "need", ["leftBehind", "hardship", "disabled", "inTrouble"], [.. School, HealthAid]),
        (Pairing, "commitment", ["signed", "missing"], School), (Pairing, "plan", ["yes", "no"], School), (Pairing, "talked", ["yes", "no"], School),
        (Pairing, "visited", ["yes", "no"], School),
        // Of the official table: what the roll and the last assessment tell of the child.
        (LeftBehind, "boarding", ["yes", "no", "notCollected"], School), (LeftBehind, "grade", ["good", "fair", "poor", "notCollected"], Assessed),
        // Where the refusing school stands. A reason may tell of health.
        (Admission, "total", ["all"], School), (Admission, "state", ["open", "settled"], School),
        (Admission, "reason", [.. Enum.GetNames<Contracts.Education.RefusalReason>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)], [.. School, HealthAid]),
        (Pupil, "contactCard", ["signed", "unsigned", "none"], [.. School, Contact]), (Pupil, "helpedCall", ["connected", "notConnected", "none"], [.. School, Contact]),
        // Sheets of a dormitory, not boarders.
        (NightRoll, "total", ["all"], School), (NightRoll, "roll", ["taken", "takenLate", "missing"], School), (NightRoll, "absence", ["none", "excused", "notFound", "notCollected"], School),
        (HandOver, "total", ["all"], School), (HandOver, "result", ["complete", "notHandedOver"], School),
        // 贫困学生 and 残疾儿童, as Registry tells of them, where they live.
        (Hardship, "total", ["all"], Need), (Hardship, "schooled", Schooled, [.. Need, FieldGroup.Schooling]),
        (Disabled, "total", ["all"], Need), (Disabled, "schooled", Schooled, [.. Need, FieldGroup.Schooling]),
        // The goal of enrolment: of those of compulsory school, who is in school. That of files is pupil.match.
        (Pupil, "enrolment", ["inSchool", "notInSchool", "notCompulsory", "notCollected"], School),
        (LawTerm, "total", ["all"], School), (LawTerm, "lessons", ["none", "once", "several"], School), (LawTerm, "state", ["due", "overdue", "given"], School),
        // The five goals of the policy.
        (LeftBehind, "educated", Goal, School), (LeftBehind, "guarded", Goal, Care), (LeftBehind, "supported", Goal, Need), (LeftBehind, "healthy", Goal, Need),
        (LeftBehind, "safe", Goal, Care),
        // Who owes a duty, and whose it is of those that are or were done too late.
        (Obligation, "owner", Owners, Who), (Obligation, "late", [.. Owners, "none"], Who),
    ];

    /// <summary>Every measure; its place is its number.</summary>
    public static IReadOnlyList<string> All { get; } = [.. from d in Dimensions from bucket in d.Buckets select $"{d.Population}.{d.Dimension}.{bucket}"];

    private static readonly Dictionary<string, short> NumberOf = All.Select((name, i) => (name, i)).ToDictionary(m => m.name, m => (short)m.i, StringComparer.Ordinal);

    /// <summary>The number of a measure; null for an unknown name.</summary>
    public static short? Find(string name) => NumberOf.TryGetValue(name, out var number) ? number : null;

    /// <summary>The number of a measure.</summary>
    public static short Number(string population, string dimension, string bucket) => NumberOf[$"{population}.{dimension}.{bucket}"];

    /// <summary>What must be readable of a child to list who is behind a measure.</summary>
    public static IReadOnlyList<FieldGroup> Told(short measure) => ToldBy[measure];

    private static readonly FieldGroup[][] ToldBy = [.. from d in Dimensions from bucket in d.Buckets select d.Tells];

    private static readonly (string Population, string Dimension)[] PartsOf = [.. from d in Dimensions from bucket in d.Buckets select (d.Population, d.Dimension)];

    /// <summary>The measures of the given populations and dimensions; an empty list stands for all.</summary>
    public static short[] Of(IReadOnlyCollection<string> populations, IReadOnlyCollection<string> dimensions) =>
        [.. PartsOf.Index()
            .Where(m => (populations.Count == 0 || populations.Contains(m.Item.Population)) && (dimensions.Count == 0 || dimensions.Contains(m.Item.Dimension)))
            .Select(m => (short)m.Index)];

    /// <summary>The figures of one division, none counted yet: one for each measure, by its number.</summary>
    public static long[] NoFigures() => new long[All.Count];

    /// <summary>Populations and dimensions that exist, for checking requests.</summary>
    public static IReadOnlySet<string> Populations { get; } = Dimensions.Select(d => d.Population).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc cref="Populations"/>
    public static IReadOnlySet<string> DimensionNames { get; } = Dimensions.Select(d => d.Dimension).ToHashSet(StringComparer.Ordinal);
}
