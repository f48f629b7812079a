namespace LeftBehind.Access;

/// <summary>The rows of the access table: groups of fields that are shown or hidden together.</summary>
public enum FieldGroup
{
    /// <summary>Figures of divisions; no single child.</summary>
    Figures,

    /// <summary>Name, ID number, address.</summary>
    Identity,

    /// <summary>Telephones of guardians and carers.</summary>
    Contact,

    /// <summary>Health and aid.</summary>
    HealthAid,

    /// <summary>Schooling and attendance.</summary>
    Schooling,

    /// <summary>Reports of harm, responses, placements.</summary>
    ReportResponse,

    /// <summary>Who reported (反家暴法 §14: kept secret).</summary>
    ReporterIdentity,

    /// <summary>Appeals to the hotline 12355.</summary>
    HotlineAppeal,

    /// <summary>Who called 12355 (kept as a reporter's identity is, 反家暴法 §14).</summary>
    CallerIdentity,

    /// <summary>Assessments and assistance plans.</summary>
    AssessmentPlan,

    /// <summary>Interventions in guardianship, and the courts.</summary>
    InterventionCourt
}
