namespace LeftBehind.Contracts.Guardianship;

/// <summary>
/// An intervention case was opened on the first recorded conduct of a parent or entrusted carer (监护干预); on nothing else.
/// Subject of every fact of GuardianshipIntervention: the child's file.
/// </summary>
/// <param name="CaseId">The case; one a child and respondent.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Village of the child's residence.</param>
/// <param name="Respondent">Whose conduct it is.</param>
/// <param name="Conduct">What was recorded first.</param>
[StoredName("case_opened")]
public sealed record CaseOpened(Guid CaseId, Guid ChildId, DivisionId Division, Respondent Respondent, Conduct Conduct);

/// <summary>The child of a case moved, and the case with it.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="From">Village of residence before.</param>
/// <param name="Division">Village of residence now.</param>
/// <param name="Respondent">Against whom the case runs.</param>
[StoredName("case_moved")]
public sealed record CaseMoved(Guid CaseId, Guid ChildId, DivisionId From, DivisionId Division, Respondent Respondent);

/// <summary>A competent organ acted, with a document. The platform records it and decides nothing.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ChildId">The child's file.</param>
/// <param name="Division">Village of residence of the case.</param>
/// <param name="Respondent">Against whom.</param>
/// <param name="Conduct">On what conduct.</param>
/// <param name="Act">What the organ did.</param>
[StoredName("step_recorded")]
public sealed record StepRecorded(Guid CaseId, Guid ChildId, DivisionId Division, Respondent Respondent, Conduct Conduct, InterventionAct Act);

/// <summary>Against whom a case runs. A carer to whom care was entrusted is no guardian (民法典总则编解释 §13).</summary>
public enum Respondent { Father, Mother, EntrustedCarer }

/// <summary>Conduct as the policy lists it (监护干预机制).</summary>
public enum Conduct
{
    /// <summary>侵害.</summary>
    Infringement,

    /// <summary>出卖.</summary>
    Sale,

    /// <summary>遗弃.</summary>
    Abandonment,

    /// <summary>虐待.</summary>
    Abuse,

    /// <summary>家庭暴力, 暴力伤害.</summary>
    Violence,

    /// <summary>置于无人监管和照看状态.</summary>
    LeftUnattended,

    /// <summary>拒不履行监护职责.</summary>
    DutyRefused,

    /// <summary>恶习或服刑等，且拒绝将监护职责委托给他人.</summary>
    DelegationRefused,

    /// <summary>胁迫、诱骗、利用乞讨.</summary>
    ExploitedForBegging,

    /// <summary>教唆、利用实施违法犯罪.</summary>
    IncitedToOffend,
}

/// <summary>Acts of competent organs, up to the criminal filing; for courts' acts see <see cref="CaseStep"/>.</summary>
public enum InterventionAct
{
    /// <summary>劝诫, 批评教育. First rung.</summary>
    Admonition,

    /// <summary>训诫. Second rung.</summary>
    Reprimand,

    /// <summary>告诫书. Second rung.</summary>
    WrittenWarning,

    /// <summary>家庭教育指导令. Second rung.</summary>
    FamilyEducationOrder,

    /// <summary>治安管理处罚. Third rung.</summary>
    AdminPenalty,

    /// <summary>立案侦查. Fourth rung.</summary>
    CriminalFiling,
}

/// <summary>What kind of organ acted. Of the last two the policy's fifth ground counts no education (公安机关和未成年人救助保护机构等部门).</summary>
public enum OrganKind
{
    /// <summary>公安机关.</summary>
    Police,

    /// <summary>未成年人救助保护机构.</summary>
    ReliefBody,

    /// <summary>民政部门.</summary>
    CivilAffairs,

    /// <summary>Another department, procuratorate or court: 等部门.</summary>
    OtherDepartment,

    /// <summary>村（居）民委员会.</summary>
    VillageCommittee,

    /// <summary>Any other organisation.</summary>
    Other,
}
