namespace LeftBehind.Access;

/// <summary>What one cell of the access table says. Several may stand in one cell ("county, case").</summary>
[Flags]
public enum Right
{
    /// <summary>"–".</summary>
    Nothing = 0,

    /// <summary>All inside, for callers of a village.</summary>
    Village = 1 << 0,

    /// <summary>All inside, for callers of a town.</summary>
    Town = 1 << 1,

    /// <summary>All inside, for callers of a county.</summary>
    County = 1 << 2,

    /// <summary>All inside, for callers of a city: figures only.</summary>
    City = 1 << 3,

    /// <summary>All inside, for callers of the province: figures only.</summary>
    Province = 1 << 4,

    /// <summary>All inside, at every level.</summary>
    AllLevels = Village | Town | County | City | Province,

    /// <summary>Only cases they are assigned to.</summary>
    Case = 1 << 5,

    /// <summary>A school's own pupils.</summary>
    OwnPupils = 1 << 6,

    /// <summary>A school's own pupils, and of them the flags.</summary>
    OwnPupilFlags = 1 << 7,

    /// <summary>The rows the department itself delivered.</summary>
    OwnRows = 1 << 8,

    /// <summary>Yes-or-no flags of children inside.</summary>
    Flags = 1 << 9,

    /// <summary>The receipt of a report they made.</summary>
    OwnReportReceipt = 1 << 10,

    /// <summary>The person who handles the report.</summary>
    Handler = 1 << 11,

    /// <summary>Services arranged for a school's own pupils.</summary>
    ServicesToOwnPupils = 1 << 12,

    /// <summary>Services the department itself gives.</summary>
    ServicesGiven = 1 << 13,

    /// <summary>May push, never read.</summary>
    WriteOnly = 1 << 14
}

/// <summary>How a caller is bound to one subject beyond the division; judged by the service that keeps the subject.</summary>
[Flags]
public enum Tie
{
    /// <summary>By the division alone.</summary>
    None = 0,

    /// <summary>The case is assigned to the caller.</summary>
    Assigned = 1 << 0,

    /// <summary>The child is enrolled at the caller's school.</summary>
    OwnPupil = 1 << 1,

    /// <summary>The caller's department delivered the row.</summary>
    OwnRow = 1 << 2,

    /// <summary>The caller made the report.</summary>
    OwnReport = 1 << 3,

    /// <summary>The caller handles the report.</summary>
    Handler = 1 << 4,

    /// <summary>The caller's department gives the service.</summary>
    ServiceGiven = 1 << 5,

    /// <summary>The case was escalated to the caller's city or province, or opened by break-glass with a recorded reason.</summary>
    Escalated = 1 << 6
}

/// <summary>How much of a field group is shown.</summary>
public enum Detail
{
    /// <summary>Nothing: the subject does not exist for this caller.</summary>
    None,

    /// <summary>That it was received and where it stands.</summary>
    Receipt,

    /// <summary>The services, not the findings behind them.</summary>
    Services,

    /// <summary>Yes-or-no flags.</summary>
    Flags,

    /// <summary>Every field of the group.</summary>
    Full
}
