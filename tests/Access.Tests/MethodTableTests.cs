using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using LeftBehind.Contracts;

namespace LeftBehind.Access.Tests;

/// <summary>Every method × every caller that can exist × every relation of the divisions, against who is meant to be let in.</summary>
public class MethodTableTests
{
    private const string CivilAffairsUpToCounty =
        "civil-affairs village-worker village; civil-affairs officer village; civil-affairs town-officer town; civil-affairs officer town; civil-affairs officer county";

    private const string ChildAccess = CivilAffairsUpToCounty + "; police officer county";
    private const string TownAndCounty = "civil-affairs town-officer town; civil-affairs officer town; civil-affairs officer county";
    private const string Emergency = "civil-affairs officer city; civil-affairs officer province; police officer city; police officer province";
    private const string EveryPerson = "civil-affairs *; education *; police *; justice *; health *; youth-league *; womens-federation *; disabled-persons-federation *";

    private const string OfficersUpToCounty = "{0} officer village; {0} officer town; {0} officer county";
    private const string SchoolsUpToCounty = "education school village; education school town; education school county";
    private const string SchoolAndCounty = SchoolsUpToCounty + "; education officer county";
    private static readonly string EveryCounty = "education school county; justice court-liaison county; " + string.Join("; ",
        new[] { "civil-affairs", "education", "police", "justice", "health", "youth-league", "womens-federation", "disabled-persons-federation" }.Select(d => $"{d} officer county"));

    private static readonly string Justices = Up("justice") + "; " + Up("justice").Replace("officer", "court-liaison", StringComparison.Ordinal);
    private const string Platforms = "youth-league officer county; youth-league officer city; youth-league officer province";
    private static readonly string Givers = string.Join("; ", new[] { "health", "youth-league", "womens-federation", "disabled-persons-federation" }.Select(Up));

    public static TheoryData<string, string> LetIn() => new()
    {
        { "leftbehind.registry.v1.Registry/PushHouseholds", "partner *" },
        { "leftbehind.registry.v1.Registry/GetReceipt", "partner *; platform operations *" },
        { "leftbehind.registry.v1.Registry/CountReceipts", "partner *; platform operations *" },
        { "leftbehind.registry.v1.Registry/RevealIdentities", ChildAccess },
        { "leftbehind.registry.v1.Registry/WhyEligible", ChildAccess },
        { "leftbehind.registry.v1.Registry/CloseFile", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Registry/ReopenFile", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Registry/UnlinkPupil", "civil-affairs officer county" },
        { "leftbehind.registry.v1.Registry/SearchChildren", ChildAccess },
        { "leftbehind.registry.v1.Registry/ListSuspectedDuplicates", TownAndCounty },
        { "leftbehind.registry.v1.Registry/ConfirmDuplicate", TownAndCounty },
        { "leftbehind.registry.v1.Registry/DismissDuplicate", TownAndCounty },
        { "leftbehind.registry.v1.Registry/UnlinkDuplicate", TownAndCounty },
        { "leftbehind.registry.v1.Visits/AssignWorker", TownAndCounty },
        { "leftbehind.registry.v1.Visits/ListVillagesWithoutWorker", ChildAccess },
        { "leftbehind.registry.v1.Visits/RecordVisit", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Visits/CorrectVisit", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Visits/AcknowledgeSituation", "civil-affairs town-officer town; civil-affairs officer town" },
        { "leftbehind.registry.v1.Visits/GetVisits", ChildAccess },
        { "leftbehind.registry.v1.Visits/ListDueVisits", ChildAccess },
        { "leftbehind.obligations.v1.Obligations/ListObligations", EveryPerson },
        { "leftbehind.obligations.v1.Obligations/WaiveObligation", EveryCounty },
        { "leftbehind.reads.v1.PersonalReads/ListReads", "civil-affairs officer county" },
        { "leftbehind.registry.v1.Care/EntrustCare", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/ScreenCarer", TownAndCounty },
        { "leftbehind.registry.v1.Care/NotifyEntrustment", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/ChangeCarer", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/EndCare", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/FindCarerUnfit", TownAndCounty },
        { "leftbehind.registry.v1.Care/LogParentContact", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/GetCare", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.Care/ListCareWork", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.HazardScreening/OpenCampaign", "civil-affairs officer county" },
        { "leftbehind.registry.v1.HazardScreening/CloseCampaign", "civil-affairs officer county" },
        { "leftbehind.registry.v1.HazardScreening/ListCampaigns", ChildAccess },
        {
            "leftbehind.registry.v1.HazardScreening/RecordScreening",
            "civil-affairs village-worker village; civil-affairs officer village; civil-affairs town-officer town; civil-affairs officer town"
        },
        { "leftbehind.registry.v1.HazardScreening/OrderRectification", TownAndCounty },
        { "leftbehind.registry.v1.HazardScreening/RecordRectified", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.HazardScreening/RecordInjury", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.HazardScreening/GetCampaignProgress", ChildAccess },
        { "leftbehind.registry.v1.HazardScreening/ListHazards", ChildAccess },
        { "leftbehind.registry.v1.HazardScreening/GetHazard", ChildAccess },
        { "leftbehind.registry.v1.BreakGlass/DeclareBreakGlass", Emergency },
        { "leftbehind.registry.v1.BreakGlass/EndBreakGlass", Emergency },
        { "leftbehind.registry.v1.BreakGlass/AcknowledgeBreakGlass", "civil-affairs officer county" },
        { "leftbehind.registry.v1.BreakGlass/ListBreakGlass", "civil-affairs officer county; civil-affairs officer city; civil-affairs officer province" },
        { "leftbehind.operations.v1.Grants/UseBreakGlass", "platform service *" },
        { "leftbehind.registry.v1.Erasure/EraseChild", "civil-affairs officer county" },
        { "leftbehind.registry.v1.PaperLists/ImportPaperList", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.PaperLists/GetPaperListTemplate", CivilAffairsUpToCounty },
        { "leftbehind.registry.v1.PaperLists/ExportChildren", ChildAccess },
        { "leftbehind.education.v1.EducationAttendance/PushStudentRoll", "partner *" },
        { "leftbehind.education.v1.EducationAttendance/GetReceipt", "partner *; platform operations *" },
        { "leftbehind.education.v1.EducationAttendance/CountReceipts", "partner *; platform operations *" },
        { "leftbehind.education.v1.EducationAttendance/FollowDivisionReceipts", "education officer county" },
        { "leftbehind.intake.v1.ReceiptFeed/FollowReceipts", "partner *; platform operations *" },
        { "leftbehind.education.v1.Calendars/PushTermCalendar", "education officer county" },
        { "leftbehind.education.v1.Calendars/GetTermCalendar", EveryPerson },
        { "leftbehind.education.v1.Attendance/PushAttendance", "partner *" },
        { "leftbehind.education.v1.Imports/PushEdFiAttendance", "partner *" },
        { "leftbehind.education.v1.Imports/ImportOneRoster", "partner *" },
        { "leftbehind.education.v1.Imports/SumImportedAttendance", "partner *; platform operations *" },
        { "leftbehind.education.v1.Attendance/ListMissingRolls", CivilAffairsUpToCounty + "; education officer county" },
        { "leftbehind.education.v1.Promotions/PromoteClasses", SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/BeginPairing", SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/RecordSupport", SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/MakePlan", SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/EndPairing", SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/GetPairing", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Pairings/ListPairings", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Admissions/RecordAdmissionRefused", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Admissions/SettleAdmission", "education officer county" },
        { "leftbehind.education.v1.Admissions/GetRefusedAdmission", CivilAffairsUpToCounty + "; education officer county" },
        { "leftbehind.education.v1.Admissions/ListRefusedAdmissions", CivilAffairsUpToCounty + "; education officer county" },
        { "leftbehind.education.v1.ContactCards/GiveContactCard", SchoolAndCounty },
        { "leftbehind.education.v1.ContactCards/LogHelpedCall", SchoolAndCounty },
        { "leftbehind.education.v1.ContactCards/GetContactCard", CivilAffairsUpToCounty + "; " + SchoolsUpToCounty },
        { "leftbehind.education.v1.Boarders/RecordNightRoll", SchoolAndCounty },
        { "leftbehind.education.v1.Boarders/RecordHandOver", SchoolAndCounty },
        { "leftbehind.education.v1.Boarders/ListBoardingSheets", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Boarders/GetBoardingSheet", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.LawLessons/RecordLawLesson", SchoolAndCounty },
        { "leftbehind.education.v1.LawLessons/ListLawTerms", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.SchoolGoals/ListSchoolGoals", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Reconciliation/ListReconciliationCases", CivilAffairsUpToCounty + "; education officer county" },
        { "leftbehind.education.v1.Reconciliation/GetReconciliationCase", CivilAffairsUpToCounty + "; education officer county" },
        { "leftbehind.education.v1.Reconciliation/DecideReconciliationCase", TownAndCounty + "; education officer county" },
        { "leftbehind.education.v1.Dropouts/RecordContact", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/RecordHomeVisit", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/RegisterDropout", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/StartPersuasion", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/RecordPersuasionFailed", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/FileWrittenReport", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/RecordTownPersuasion", "civil-affairs town-officer town; civil-affairs officer town" },
        { "leftbehind.education.v1.Dropouts/OrderAttendance", "education officer county" },
        { "leftbehind.education.v1.Dropouts/RecordLegalMeasures", "education officer county" },
        { "leftbehind.education.v1.Dropouts/RecordReturn", SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/GetDropoutCase", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/ListDropoutCases", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.education.v1.Dropouts/GetWrittenReport", CivilAffairsUpToCounty + "; " + SchoolAndCounty },
        { "leftbehind.platform.v1.Platform/GetFigures", EveryPerson },
        { "leftbehind.platform.v1.Platform/GetOfficialTable", EveryPerson },
        { "leftbehind.platform.v1.Platform/ExportFigures", EveryPerson },
        { "leftbehind.platform.v1.Platform/ListSubjects", ChildAccess },
        { "leftbehind.platform.v1.Platform/GetTimeline", ChildAccess },
        { "leftbehind.platform.v1.ChangeFeed/ReadChanges", ChildAccess },
        { "leftbehind.platform.v1.Webhooks/CreateWebhook", "civil-affairs officer county" },
        { "leftbehind.platform.v1.Webhooks/ListWebhooks", "civil-affairs officer county" },
        { "leftbehind.platform.v1.Webhooks/ResumeWebhook", "civil-affairs officer county" },
        { "leftbehind.platform.v1.Webhooks/EndWebhook", "civil-affairs officer county" },
        { "leftbehind.platform.v1.Divisions/ConfirmDivisionChanges", "civil-affairs officer province" },
        { "leftbehind.platform.v1.Divisions/ProposeDivisionList", "civil-affairs officer province" },
        { "leftbehind.platform.v1.Divisions/ListDivisionChanges", EveryPerson },
        { "leftbehind.platform.v1.Divisions/ListReassignments", ChildAccess },
        {
            "leftbehind.platform.v1.Quarters/ActOnSubmissions",
            "civil-affairs town-officer town; civil-affairs officer town; civil-affairs officer county; civil-affairs officer city; civil-affairs officer province"
        },
        { "leftbehind.platform.v1.Quarters/ConfirmQuarter", "education school county; education officer county; police officer county" },
        { "leftbehind.platform.v1.Quarters/ListSubmissions", EveryPerson },
        { "leftbehind.platform.v1.Quarters/GetReportingRates", EveryPerson },
        { "leftbehind.platform.v1.Quarters/ListAmendments", EveryPerson },
        { "leftbehind.platform.v1.Quarters/GetTrend", EveryPerson },
        { "leftbehind.platform.v1.Quarters/GetFlows", EveryPerson },
        { "leftbehind.platform.v1.Appraisals/GetIndicators", EveryPerson },
        { "leftbehind.platform.v1.Appraisals/GetLeague", EveryPerson },
        { "leftbehind.platform.v1.Appraisals/GetDepartmentLeague", EveryPerson },
        { "leftbehind.platform.v1.Appraisals/ListAppraisals", EveryPerson },
        { "leftbehind.platform.v1.Appraisals/RecordAppraisal", "civil-affairs officer county; civil-affairs officer city; civil-affairs officer province" },
        { "leftbehind.platform.v1.Appraisals/JudgeRectification", "civil-affairs officer county; civil-affairs officer city; civil-affairs officer province" },
        { "leftbehind.platform.v1.Appraisals/ReportRectification", EveryPerson },
        { "leftbehind.reporting.v1.Reporting/ReportHarm", EveryPerson },
        {
            "leftbehind.reporting.v1.Reporting/GetReport",
            $"{TownAndCounty}; police officer county; {Justices}; {SchoolsUpToCounty}; {Up("education")}; {Givers}"
        },
        { "leftbehind.reporting.v1.Reporting/ReferToPolice", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.Reporting/TakeMeasure", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.Reporting/RecordParentsUnreachable", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.Reporting/NotifyTown", "police officer county" },
        { "leftbehind.reporting.v1.Reporting/NotifyCountyCivilAffairs", "police officer county" },
        { "leftbehind.reporting.v1.Reporting/CloseResponse", "police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/TriageReport", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/SetAsideReport", "civil-affairs officer county; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/LinkReport", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/DismissProposal", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/RecordFailureToReport", "civil-affairs officer county; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/RecordAccountability", "civil-affairs officer county; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/CommendReporter", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.MandatoryReports/ListReports", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.LiveReports/WatchReports", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.EmergencyResponses/RecordDispatch", "police officer county" },
        { "leftbehind.reporting.v1.EmergencyResponses/RecordOnScene", "police officer county" },
        { "leftbehind.reporting.v1.EmergencyResponses/AddEvidence", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.EmergencyResponses/HandOverSearch", "police officer county" },
        { "leftbehind.reporting.v1.EmergencyResponses/AcceptSearch", "police officer county" },
        { "leftbehind.reporting.v1.Placements/PlaceChild", "civil-affairs officer county" },
        { "leftbehind.reporting.v1.Placements/ReviewPlacement", "civil-affairs officer county" },
        { "leftbehind.reporting.v1.Placements/EndPlacement", "civil-affairs officer county" },
        { "leftbehind.reporting.v1.Placements/GetPlacement", TownAndCounty + "; police officer county" },
        { "leftbehind.reporting.v1.HotlineAppeals/ReceiveAppeal", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/ClassifyAppeal", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/AssignAppeal", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/TransferAppeal", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/BeginAppeal", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/RecordHelp", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/AnswerAppeal", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/FollowUpAppeal", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/CloseAppeal", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/GetAppeal", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/ListAppeals", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/WatchAppeals", EveryPerson },
        { "leftbehind.reporting.v1.HotlineAppeals/SetOperator", Platforms },
        { "leftbehind.reporting.v1.HotlineAppeals/ListOperators", EveryPerson },
        { "leftbehind.assessment.v1.Instruments/PublishInstrument", "civil-affairs officer province" },
        { "leftbehind.assessment.v1.Instruments/GetInstrument", EveryPerson },
        { "leftbehind.assessment.v1.Instruments/ListInstruments", EveryPerson },
        { "leftbehind.assessment.v1.Plans/GetPlan", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/AddService", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/StartPlan", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/ArrangeService", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/SettleService", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/ReviewPlan", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/CompletePlan", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/TerminatePlan", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/ListPlans", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/ListDueServices", TownAndCounty },
        { "leftbehind.assessment.v1.Plans/AnswerAidRequest", "civil-affairs officer county" },
        { "leftbehind.assessment.v1.ServiceDirectory/ListProvider", "civil-affairs officer county" },
        { "leftbehind.assessment.v1.ServiceDirectory/RetireProvider", "civil-affairs officer county" },
        { "leftbehind.assessment.v1.ServiceDirectory/ListProviders", EveryPerson },
        { "leftbehind.assessment.v1.Assessment/OpenAssessment", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/RecordFieldwork", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/DraftAssessment", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/ReviewAssessment", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/SupersedeAssessment", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/FinaliseAssessment", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/ApprovePlan", TownAndCounty },
        { "leftbehind.assessment.v1.Assessment/ListOpenAssessments", TownAndCounty },
        {
            "leftbehind.assessment.v1.Assessment/GetAssessment",
            $"{TownAndCounty}; {SchoolsUpToCounty}; {Up("police")}; {Justices}; {Givers}"
        },
        {
            "leftbehind.guardianship.v1.GuardianshipIntervention/RecordConduct",
            $"civil-affairs officer county; {Up("police")}; {Justices}"
        },
        { "leftbehind.guardianship.v1.GuardianshipIntervention/GetCase", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.guardianship.v1.Court/AssignCase", "civil-affairs officer county" },
        { "leftbehind.guardianship.v1.Court/RecordCourtAct", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.guardianship.v1.Court/RecordEvidence", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.guardianship.v1.Court/DisputeEvidence", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.guardianship.v1.Court/GetPetitionGrounds", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.guardianship.v1.Court/GetCaseFile", $"civil-affairs officer county; {Up("police")}; {Justices}" },
        { "leftbehind.operations.v1.Source/Replay", "platform service *" },
        { "leftbehind.operations.v1.Source/ListHeads", "platform service *" },
        { "leftbehind.platform.v1.Platform/Reconcile", "platform operations *" },
        { "leftbehind.platform.v1.Platform/RebuildFigures", "platform operations *" },
        { "leftbehind.operations.v1.Lanes/ListLanes", "platform operations *" },
        { "leftbehind.operations.v1.Lanes/AcceptIncarnation", "platform operations *" },
        { "leftbehind.operations.v1.Lanes/FindParked", "platform service *" },
        { "leftbehind.operations.v1.Lanes/ListParked", "platform operations *" },
        { "leftbehind.operations.v1.Lanes/RetryParked", "platform operations *" },
        { "leftbehind.operations.v1.Lanes/DiscardParked", "platform operations *" },
        { "grpc.health.v1.Health/Check", "*" },
        { "grpc.health.v1.Health/Watch", "*" },
        { "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "platform operations *" },
        { "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "platform operations *" }
    };

    [Theory, MemberData(nameof(LetIn))]
    public void A_method_lets_in_these_callers_and_no_others(string method, string expected)
    {
        var row = MethodTable.Find(method)!;
        var patterns = expected.Split("; ");

        foreach (var caller in Callers.All())
        {
            var name = Callers.Name(caller);
            var meant = patterns.Any(p => p.EndsWith('*') ? name.StartsWith(p[..^1], StringComparison.Ordinal) : name == p);
            Assert.True(meant == row.Admits(caller), $"{name} at {method}");
        }
    }

    [Theory, MemberData(nameof(LetIn))]
    public void Whoever_is_let_in_by_division_sees_its_own_and_below_and_nothing_above_or_beside(string method, string expected)
    {
        Assert.NotEmpty(expected);
        var row = MethodTable.Find(method)!;
        foreach (var caller in Callers.All().Where(row.Admits))
        {
            var admission = new Admission(row, caller);
            var byDivision = row.Groups.All(group => caller.Reads(group)) && row.Way is Way.Read or Way.Act;
            foreach (var (division, inside) in Relations(caller.Level))
            {
                var seen = Record.Exception(() => admission.Require(SmallTree.Id(division)));
                if (inside && byDivision)
                    Assert.Null(seen);
                else if (!inside || row.Way is Way.Read or Way.Act)
                    Assert.Equal(StatusCode.NotFound, Assert.IsType<RpcException>(seen).StatusCode);
            }
        }
    }

    [Fact]
    public void Every_row_is_named_in_these_tests_and_cites_its_basis()
    {
        Assert.Equal(MethodTable.Rows.Select(row => row.Method).Order(), LetIn().Select(row => row.Data.Item1).Order());
        Assert.All(MethodTable.Rows, row => Assert.NotEmpty(row.Basis));
    }

    [Fact]
    public void Every_rpc_of_the_contracts_has_a_row()
    {
        var rpcs =
            from type in typeof(Protos.Registry.V1.Registry).Assembly.GetTypes()
            let file = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as FileDescriptor
            where file is not null
            from service in file.Services
            from method in service.Methods
            select $"{service.FullName}/{method.Name}";

        Assert.NotEmpty(rpcs);
        Assert.All(rpcs, rpc => Assert.True(MethodTable.Find(rpc) is not null, rpc));
    }

    [Fact]
    public void Only_health_is_open_to_anybody() =>
        Assert.All(MethodTable.Rows.Where(row => row.Way is Way.Open), row => Assert.StartsWith("grpc.health.v1.Health/", row.Method, StringComparison.Ordinal));

    private static string Up(string department) => OfficersUpToCounty.Replace("{0}", department, StringComparison.Ordinal);

    private static IEnumerable<(string Division, bool Inside)> Relations(DivisionLevel level)
    {
        yield return (SmallTree.Own(level), true);
        if (level != DivisionLevel.Village)
            yield return (SmallTree.Own(level + 1), true);
        if (level != DivisionLevel.Province)
            yield return (SmallTree.Own(level - 1), false);
        if (SmallTree.Beside(level) is { } beside)
            yield return (beside, false);
    }
}
