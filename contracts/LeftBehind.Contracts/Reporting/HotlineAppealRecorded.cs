namespace LeftBehind.Contracts.Reporting;

/// <summary>
/// Where an appeal to the hotline 12355 (诉求热线) stands after something about it was recorded. Subject: the appeal, and once more the child's file
/// for its timeline, unless the child is unknown or the appeal concerns somebody of the installation. Neither the caller nor a word travels.
/// </summary>
/// <param name="AppealId">The appeal; the same through every transfer.</param>
/// <param name="After">All that is told of it, after the change.</param>
[StoredName("hotline_appeal_recorded")]
public sealed record HotlineAppealRecorded(Guid AppealId, HotlineAppealFacts After);

/// <summary>All that is told of an appeal.</summary>
/// <param name="ChildId">The child's file, when known.</param>
/// <param name="Division">Where the matter lies, of any level; where nobody told, that of the platform that holds it. It is counted there and above.</param>
/// <param name="Channel">How it came.</param>
/// <param name="Class">As what it was classified; null until then.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When the call was taken; UTC.</param>
/// <param name="Hops">How often it was transferred.</param>
/// <param name="AnswerDueOn">The last day in time for the first answer (platform default); null where none is owed.</param>
/// <param name="AnsweredOn">The day of the first answer; null until then.</param>
/// <param name="Helped">What was given, one entry each time, in order.</param>
/// <param name="Shielded">It concerns an organisation or account of the installation, so that no list shows it.</param>
public sealed record HotlineAppealFacts(
    Guid? ChildId, DivisionId Division, AppealChannel Channel, AppealClass? Class, AppealState State, DateTimeOffset ReceivedAt, int Hops,
    DateOnly? AnswerDueOn, DateOnly? AnsweredOn, IReadOnlyList<HotlineHelp> Helped, bool Shielded);

/// <summary>How an appeal came (policy: 即时在线接听和登记受理).</summary>
public enum AppealChannel
{
    /// <summary>A call that was answered.</summary>
    Phone = 1,

    /// <summary>Written online.</summary>
    Online,
}

/// <summary>As what an appeal is classified. Platform default.</summary>
public enum AppealClass
{
    /// <summary>Harm or danger to a child: reported at once (强制报告).</summary>
    Report = 1,

    /// <summary>诉求: somebody is to do something.</summary>
    Appeal,

    /// <summary>咨询.</summary>
    Consultation,

    /// <summary>补充: on an appeal or report that stands; it joins that one.</summary>
    Update,

    /// <summary>骚扰、无效: counted and closed.</summary>
    Spam,

    /// <summary>误拨: counted and closed.</summary>
    WrongNumber,
}

/// <summary>Where an appeal stands.</summary>
public enum AppealState
{
    /// <summary>受理.</summary>
    Received,

    /// <summary>分类.</summary>
    Classified,

    /// <summary>交办: a department has it.</summary>
    Assigned,

    /// <summary>转接: another platform has it.</summary>
    Transferred,

    /// <summary>办理中.</summary>
    InProgress,

    /// <summary>已答复.</summary>
    Answered,

    /// <summary>已回访.</summary>
    FollowedUp,

    /// <summary>办结.</summary>
    Closed,
}

/// <summary>What a hotline gives beside an answer (policy: 心理援助、家庭监护指导等).</summary>
public enum HotlineHelp
{
    /// <summary>心理援助.</summary>
    PsychologicalHelp = 1,

    /// <summary>家庭监护指导.</summary>
    FamilyGuidance,

    /// <summary>等.</summary>
    OtherHelp,
}
