using LeftBehind.Contracts;
using static LeftBehind.Access.Department;
using static LeftBehind.Access.FieldGroup;
using static LeftBehind.Access.MethodRows;
using static LeftBehind.Access.Tie;

namespace LeftBehind.Access;

/// <summary>The rows of EducationAttendance (学籍 / 考勤).</summary>
internal static class EducationMethods
{
    private const string Dropouts = "policy: 落实辍学学生登记、劝返复学和书面报告制度; the school of the pupil, and the county's education";
    private const string Paired = "policy: 建立结对帮扶制度; the school of the pupil, and the county's education";

    private const string Cards = "policy: 建立联系卡制度, 帮助留守儿童通过电话、视频加强与家长的联系; the school of the pupil, and the county's education";
    private const string Boarders = "policy: 寄宿制学校要完善教职工值班制度和学生宿舍安全管理制度; the school, and the county's education";

    public static IReadOnlyList<MethodRow> Rows { get; } =
    [
        Push("leftbehind.education.v1.EducationAttendance/PushStudentRoll", Identity, Schooling),
        Receipt("leftbehind.education.v1.EducationAttendance/GetReceipt"),
        Receipt("leftbehind.education.v1.EducationAttendance/CountReceipts"),
        Act("leftbehind.education.v1.EducationAttendance/FollowDivisionReceipts", "platform default: the county's education follows what is pushed for its schools", Schooling, None, Education)
            with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Calendars/PushTermCalendar", "the county's dated term calendar (校历), pushed by the education bureau", Schooling, None, Education)
            with { Levels = [DivisionLevel.County] },
        Read("leftbehind.education.v1.Calendars/GetTermCalendar", "platform default: a calendar is nobody's data; whoever reads figures knows of which days they are", Figures),
        Push("leftbehind.education.v1.Attendance/PushAttendance", Schooling),
        Push("leftbehind.education.v1.Imports/PushEdFiAttendance", Schooling),
        Push("leftbehind.education.v1.Imports/ImportOneRoster", Identity, Schooling),
        Receipt("leftbehind.education.v1.Imports/SumImportedAttendance"),
        Act("leftbehind.education.v1.Attendance/ListMissingRolls", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Promotions/PromoteClasses", "platform default: the school of the pupils, and the county's education", Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordContact", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordHomeVisit", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RegisterDropout", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/StartPersuasion", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordPersuasionFailed", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/FileWrittenReport", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/RecordTownPersuasion", "义务教育法 §13; policy: 依法采取措施劝返复学; the town's officers of civil affairs act for it (platform default)",
            Schooling, None, CivilAffairs) with { Levels = [DivisionLevel.Town] },
        Act("leftbehind.education.v1.Dropouts/OrderAttendance", "义务教育法 §58: 责令限期改正; the county's education", Schooling, None, Education) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Dropouts/RecordLegalMeasures", "义务教育法 §58; policy: 依法采取措施劝返复学; the county's education", Schooling, None, Education)
            with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Dropouts/RecordReturn", Dropouts, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Dropouts/GetDropoutCase", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Dropouts/ListDropoutCases", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        // Reported to the county's education and the town; the school keeps what it wrote.
        Act("leftbehind.education.v1.Dropouts/GetWrittenReport", "policy: 书面报告区教育局和相关镇（街道）", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Pairings/BeginPairing", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/RecordSupport", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/MakePlan", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/EndPairing", Paired, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Pairings/GetPairing", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Pairings/ListPairings", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Admissions/RecordAdmissionRefused", "义务教育法 §11, §12; the pupil's school, the county's education, and civil affairs, whom a guardian told (platform default)",
            Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Admissions/SettleAdmission", "义务教育法 §57: 县级教育行政部门责令限期改正; the county's education", Schooling, None, Education) with { Levels = [DivisionLevel.County] },
        Act("leftbehind.education.v1.Admissions/GetRefusedAdmission", "who may see what, row schooling, attendance; never the school", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Admissions/ListRefusedAdmissions", "who may see what, row schooling, attendance; never the school", Schooling, None, CivilAffairs, Education),
        // Recorded, and never shown by these; telephones are contact.
        Act("leftbehind.education.v1.ContactCards/GiveContactCard", Cards, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.ContactCards/LogHelpedCall", Cards, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.ContactCards/GetContactCard", "who may see what, row contact", Contact, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Boarders/RecordNightRoll", Boarders, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Boarders/RecordHandOver", Boarders, Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.Boarders/ListBoardingSheets", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Boarders/GetBoardingSheet", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.LawLessons/RecordLawLesson", "platform default: the school, and the county's education", Schooling, OwnPupil, Education),
        Act("leftbehind.education.v1.LawLessons/ListLawTerms", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.SchoolGoals/ListSchoolGoals", "who may see what, row schooling, attendance", Schooling, OwnPupil, CivilAffairs, Education),
        Act("leftbehind.education.v1.Reconciliation/ListReconciliationCases", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Reconciliation/GetReconciliationCase", "who may see what, row schooling, attendance", Schooling, None, CivilAffairs, Education),
        Act("leftbehind.education.v1.Reconciliation/DecideReconciliationCase", "platform default: the county's education, and civil affairs of town and county", Schooling, None,
            CivilAffairs, Education) with { Levels = [DivisionLevel.Town, DivisionLevel.County] },
    ];
}
