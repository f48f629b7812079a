namespace LeftBehind.Reporting.Reports;

/// <summary>Who reported; never leaves the store unsealed but to those who handle the report.</summary>
public sealed record ReporterIdentity(string Name, string Phone)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ReporterIdentity);
}
