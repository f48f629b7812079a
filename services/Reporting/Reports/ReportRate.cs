using System.Threading.RateLimiting;
using Grpc.Core;
using LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting.Reports;

/// <summary>
/// How many ordinary reports one account may send in a while (platform default), so that one client that runs wild does not keep
/// others waiting. Emergencies are taken always, and what is refused is told when to come again: nothing is lost unseen.
/// </summary>
public sealed class ReportRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter;

    public ReportRate(ReportingRules rules) =>
        limiter = PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetTokenBucketLimiter(account, _ => new()
        {
            TokenLimit = rules.ReportsAtOnce,
            TokensPerPeriod = rules.ReportsASecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    public void Require(string account, ReportHarm report) =>
        Require(account, Triage.Of(report.Situation, report.ImmediateDanger, report.Category) is Urgency.Emergency, "reports");

    /// <summary>Appeals to 12355 count with reports: one account, one rate.</summary>
    public void Require(string account, bool emergency, string what)
    {
        if (emergency)
            return;
        using var lease = limiter.AttemptAcquire(account);
        if (lease.IsAcquired)
            return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        throw new RpcException(new(StatusCode.ResourceExhausted,
            $"too many {what} of this account at once; send it again in {wait} s (emergencies are always taken)"));
    }

    public void Dispose() => limiter.Dispose();
}
