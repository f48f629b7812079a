namespace LeftBehind.Access;

/// <summary>The body a caller acts for: the columns of the access table. The claim value is the name in kebab case, such as <c>civil-affairs</c>.</summary>
public enum Department
{
    /// <summary>民政.</summary>
    CivilAffairs,

    /// <summary>教育, and the schools.</summary>
    Education,

    /// <summary>公安.</summary>
    Police,

    /// <summary>司法, courts and procuratorates through their liaison.</summary>
    Justice,

    /// <summary>卫生健康.</summary>
    Health,

    /// <summary>共青团, who also answer 12355.</summary>
    YouthLeague,

    /// <summary>妇联.</summary>
    WomensFederation,

    /// <summary>残联.</summary>
    DisabledPersonsFederation,

    /// <summary>A partner system (学籍, 人口, 妇幼); it writes and reads back only what became of its own rows.</summary>
    Partner,

    /// <summary>The installation itself: its services and those who run it. No field of any child.</summary>
    Platform
}
