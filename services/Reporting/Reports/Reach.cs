using Grpc.Core;
using LeftBehind.Access;

namespace LeftBehind.Reporting.Reports;

/// <summary>What a caller may see of a report. It is hidden from the organisation and the account that it is about; whoever reported keeps the receipt.</summary>
internal static class Reach
{
    public static Detail Require(this ServerCallContext context, Report report)
    {
        var caller = context.GetCaller();
        var own = report.Exists && !report.Anonymous && report.ReportedBy == caller.Subject ? Tie.OwnReport : Tie.None;
        var detail = context.Require(report.Exists ? report.Case.Division : null, own);
        if (!report.IsConcerned(caller))
            return detail;
        return own is Tie.OwnReport && context.GetAdmission().Row.Ties.HasFlag(Tie.OwnReport) ? Detail.Receipt : throw ScopeGuard.NotFound();
    }

    /// <summary>For those who come to a report by another way than its division.</summary>
    public static void RequireNotConcerned(this ServerCallContext context, Report report)
    {
        if (report.IsConcerned(context.GetCaller()))
            throw ScopeGuard.NotFound();
    }

    /// <summary>Whether the report, or the case with all that joined it, is about the caller or its organisation.</summary>
    public static bool IsConcerned(this Report report, Caller caller) => report.Concerns.Any(c => c.Is(caller.Subject, caller.Organisation));

    /// <summary>Whether the caller is shown who reported: police and civil affairs who handle it (反家暴法 §14).</summary>
    public static bool MayKnowReporter(Caller caller, IEnumerable<string> handlers) =>
        handlers.Contains(caller.Subject, StringComparer.Ordinal) && caller.Shown(FieldGroup.ReporterIdentity, Tie.Handler) is Detail.Full;
}
