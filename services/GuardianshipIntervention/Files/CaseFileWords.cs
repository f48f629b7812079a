using LeftBehind.Contracts.Guardianship;
using LeftBehind.Contracts.Registry;
using LeftBehind.GuardianshipIntervention.Court;
using LeftBehind.GuardianshipIntervention.Petitions;

namespace LeftBehind.GuardianshipIntervention.Files;

/// <summary>A case in the words of a case file: each word of the code as law and policy say it. Pure.</summary>
public static class CaseFileWords
{
    private static readonly Dictionary<Enum, string> Words = new()
    {
        [Respondent.Father] = "父亲", [Respondent.Mother] = "母亲", [Respondent.EntrustedCarer] = "受委托照护人",

        [Conduct.Infringement] = "侵害", [Conduct.Sale] = "出卖", [Conduct.Abandonment] = "遗弃", [Conduct.Abuse] = "虐待", [Conduct.Violence] = "暴力伤害",
        [Conduct.LeftUnattended] = "置于无人监管和照看状态", [Conduct.DutyRefused] = "拒不履行监护职责", [Conduct.DelegationRefused] = "拒绝将监护职责部分或者全部委托给他人",
        [Conduct.ExploitedForBegging] = "胁迫、诱骗、利用乞讨", [Conduct.IncitedToOffend] = "教唆、利用实施违法犯罪行为",

        [InterventionAct.Admonition] = "劝诫、批评教育", [InterventionAct.Reprimand] = "训诫", [InterventionAct.WrittenWarning] = "告诫书",
        [InterventionAct.FamilyEducationOrder] = "家庭教育指导令", [InterventionAct.AdminPenalty] = "治安管理处罚", [InterventionAct.CriminalFiling] = "立案侦查",

        [CourtAct.OrderApplied] = "申请人身安全保护令", [CourtAct.OrderGranted] = "作出人身安全保护令", [CourtAct.OrderRefused] = "驳回人身安全保护令申请",
        [CourtAct.OrderExtended] = "延长人身安全保护令", [CourtAct.OrderReviewAsked] = "申请复议", [CourtAct.OrderReviewUpheld] = "复议维持", [CourtAct.OrderSetAside] = "撤销人身安全保护令",
        [CourtAct.OrderLapsed] = "人身安全保护令期满失效", [CourtAct.PetitionFiled] = "申请撤销监护人资格", [CourtAct.PetitionExtended] = "延长审理期限",
        [CourtAct.PetitionWithdrawn] = "撤回申请", [CourtAct.PetitionDismissed] = "驳回申请", [CourtAct.GuardianshipRevoked] = "判决撤销监护人资格",
        [CourtAct.CrimeConvicted] = "对被监护人实施故意犯罪的有罪判决", [CourtAct.RestorationPetitioned] = "申请恢复监护人资格", [CourtAct.GuardianshipRestored] = "恢复监护人资格",
        [CourtAct.RestorationRefused] = "驳回恢复监护人资格申请", [CourtAct.CarerFoundUnfit] = "认定受委托照护人不适宜", [CourtAct.CaseClosed] = "结案",

        [Limb.HarmInflicted] = "侵害、出卖、遗弃、虐待、暴力伤害", [Limb.SevereHarm] = "身心健康严重损害", [Limb.LeftUnattended] = "置于无人监管和照看状态",
        [Limb.DangerFaced] = "面临危险", [Limb.Educated] = "经教育", [Limb.NotCorrected] = "不改", [Limb.DutyRefused] = "拒不履行监护职责六个月以上",
        [Limb.Destitute] = "流离失所或者生活无着", [Limb.ViceOrIncapacity] = "恶习或者服刑等原因", [Limb.DelegationRefused] = "拒绝将监护职责部分或者全部委托给他人",
        [Limb.HardshipOrDanger] = "致使处于困境或者危险状态", [Limb.ExploitedForBegging] = "胁迫、诱骗、利用乞讨", [Limb.EducatedThreeTimes] = "三次以上批评教育",
        [Limb.CorrectionRefused] = "拒不改正", [Limb.LifeAndStudyAffected] = "严重影响正常生活和学习", [Limb.IncitedToOffend] = "教唆、利用实施违法犯罪行为",
        [Limb.GraveCircumstances] = "情节恶劣",

        [LimbState.Shown] = "已有证据", [LimbState.Missing] = "缺", [LimbState.Disputed] = "有争议",

        [EvidenceKind.PartyStatement] = "当事人的陈述", [EvidenceKind.Document] = "书证", [EvidenceKind.PhysicalObject] = "物证", [EvidenceKind.AudioVisual] = "视听资料",
        [EvidenceKind.ElectronicData] = "电子数据", [EvidenceKind.Testimony] = "证人证言", [EvidenceKind.ExpertOpinion] = "鉴定意见", [EvidenceKind.InspectionRecord] = "勘验笔录",

        [PetitionGrounds.G1] = "情形一", [PetitionGrounds.G2] = "情形二", [PetitionGrounds.G3] = "情形三", [PetitionGrounds.G4] = "情形四", [PetitionGrounds.G5] = "情形五", [PetitionGrounds.G6] = "情形六",

        [PleadingBasis.HarmToBodyOrMind] = "民法典第三十六条第一款第一项", [PleadingBasis.DutyNeglectedOrNotDelegated] = "民法典第三十六条第一款第二项",
        [PleadingBasis.OtherSevereInfringement] = "民法典第三十六条第一款第三项",

        [Petitioner.CloseRelative] = "近亲属", [Petitioner.VillageCommittee] = "村（居）民委员会", [Petitioner.School] = "学校", [Petitioner.MedicalInstitution] = "医疗机构",
        [Petitioner.WomensFederation] = "妇女联合会", [Petitioner.DisabledPersonsFederation] = "残疾人联合会", [Petitioner.ChildProtectionOrganisation] = "未成年人保护组织",
        [Petitioner.ElderlyOrganisation] = "依法设立的老年人组织", [Petitioner.CivilAffairs] = "民政部门", [Petitioner.Police] = "公安机关", [Petitioner.Procuratorate] = "人民检察院",
        [Petitioner.OtherIndividual] = "其他个人", [Petitioner.OtherOrganisation] = "其他组织", [Petitioner.Respondent] = "被申请人",

        [GuardianKind.Parents] = "父母", [GuardianKind.Grandparents] = "祖父母、外祖父母", [GuardianKind.OtherRelative] = "其他亲属",
        [GuardianKind.VillageOrCivilAffairs] = "村（居）民委员会或者民政部门", [GuardianKind.Missing] = "缺失",

        [CaseState.Open] = "办理中", [CaseState.PetitionFiled] = "已申请撤销监护人资格", [CaseState.Judged] = "已判决", [CaseState.RestorationFiled] = "已申请恢复监护人资格", [CaseState.Closed] = "已结案",

        [OrderState.None] = "无", [OrderState.Applied] = "已申请", [OrderState.Granted] = "有效", [OrderState.Refused] = "已驳回", [OrderState.Lapsed] = "已失效", [OrderState.SetAside] = "已撤销",
    };

    /// <summary>The Chinese word of any of these.</summary>
    public static string Of(Enum word) => Words[word];

    /// <summary>A court's time, by its kind.</summary>
    public static string OfClock(string kind) => kind switch
    {
        CaseDuties.DecideOrder => "对人身安全保护令申请作出裁定",
        CaseDuties.JudgePetition => "审结撤销监护人资格案件",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
