using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using LeftBehind.Sealing;

namespace LeftBehind.Reporting.Tests;

/// <summary>Reports and responses as their events make them.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Found = Now.AddHours(-2);
    public static readonly DivisionId Village = DivisionId.Parse("431003101218@2023");
    public static readonly Guid Child = Guid.NewGuid();
    public const string Officer = "officer";

    public static readonly Sealed Text = new MasterKey([.. Enumerable.Range(1, 32).Select(i => (byte)i)]).CreateMany(1, Now)[0].SealJson("x");

    public static ReportHarm Report(Situation situation, bool danger = false, Concerned? concerned = null, string digest = "d", Guid? child = null) => new(
        child ?? Child, Village, situation, danger, ReporterKind.School, "teacher", Found, Text.KeyId, Text, Text, concerned, digest);

    public static Report Received(params Situation[] situations)
    {
        var report = After(new Report(Guid.NewGuid()), r => ReportHarm.Decide(Report(situations[0]), r, null, Now));
        return situations.Skip(1).Aggregate(report, (r, s) => After(r, open => ReportHarm.Join(Report(s), Guid.NewGuid(), open)));
    }

    public static Report After(Report report, Func<Report, IEnumerable<object>> decide) => decide(report).Aggregate(report, (r, e) => r.After(e));

    public static Response Opened(Report report) => new Response(Guid.NewGuid()).With(new ResponseOpened(report.Case, Found), new PoliceDispatched(Found, Officer));

    /// <summary>Nobody was sent out yet.</summary>
    public static Response Requested(Report report) => new Response(Guid.NewGuid()).With(new ResponseOpened(report.Case, Found));

    public static MeasureTaken Taken(Measure measure) => new(measure, Now, "公安分局", null, Officer);

    public static MeasureNotNeeded NotNeeded(Measure measure) => new(measure, Text, Now, Officer);

    public static Response With(this Response response, params object[] events) => events.Aggregate(response, (r, e) => r.After(e));

    /// <summary>Both notices, and each of these measures taken.</summary>
    public static Response Settled(Report report, params IEnumerable<Measure> measures) =>
        Opened(report).With(new TownNotified(report.Case, Now, Officer), new CountyCivilAffairsNotified(Now, Officer)).With([.. measures.Select(Taken)]);
}
