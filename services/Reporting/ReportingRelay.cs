using LeftBehind.Obligations;
using LeftBehind.Pages;
using LeftBehind.Reporting.Hotline;
using LeftBehind.Reporting.Placements;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Told = LeftBehind.Contracts.Reporting;

namespace LeftBehind.Reporting;

/// <summary>
/// Which facts leave the house, in what words. Measures, reporters, callers and texts stay inside. Reports, responses, placements and appeals are
/// subjects of their own, told after every change. Subject of what happens in a case: the child's file when known, else the report; also the report when it concerns an organisation or account, which must not meet it on a timeline.
/// </summary>
public sealed class ReportingRelay : IRelay
{
    public int Version => 1;

    public IEnumerable<RelayedFact> Translate(StoredEvent stored)
    {
        if (ObligationTelling.Of(stored.Stream, stored.Data) is { } duty)
        {
            yield return new(stored.Stream, duty);
            yield return new(duty.After.Subject.Id, duty);
        }
        switch (stored.Data)
        {
            case ReportStood e:
                yield return new(stored.Stream, new Told.ReportRecorded(stored.Stream, e.After));
                break;
            case ResponseStood e:
                yield return new(stored.Stream, new Told.ResponseRecorded(stored.Stream, e.After));
                break;
            case IPlacementEvent e:
                var placement = new Told.PlacementRecorded(stored.Stream, e.After);
                yield return new(stored.Stream, placement);
                if (e.After is { Shielded: false, ChildId: { } child })
                    yield return new(child, placement);
                break;
            case AppealStood e:
                var appeal = new Told.HotlineAppealRecorded(stored.Stream, e.After);
                yield return new(stored.Stream, appeal);
                if (e.After is { Shielded: false, ChildId: { } of })
                    yield return new(of, appeal);
                break;
            case HarmReported e:
                yield return new(Subject(e.Case), new Told.HarmReported(
                    stored.Stream, e.Case.Child, e.Case.Division, e.Situation, e.Case.Urgency, e.DiscoveredAt, e.ReportedAt));
                break;
            case ReportLinked e:
                yield return new(Subject(e.Report), new Told.ReportLinked(
                    stored.Stream, e.Case, e.Report.Child, e.Report.Division, e.Urgency));
                break;
            case ResponseOpened e:
                yield return new(Subject(e.Case), new Told.ResponseOpened(
                    stored.Stream, e.Case.Report, e.Case.Child, e.Case.Division, e.Case.Urgency, e.PoliceNotifiedAt));
                break;
            case TownNotified e:
                yield return new(Subject(e.Case), new Told.TownNotified(
                    stored.Stream, e.Case.Report, e.Case.Child, e.Case.Division, e.Case.Urgency, e.At));
                break;
            case ResponseClosed e:
                yield return new(Subject(e.Case), new Told.ResponseClosed(
                    stored.Stream, e.Case.Report, e.Case.Child, e.Case.Division, e.OpenObligations));
                break;
        }
    }

    private static Guid Subject(CaseFacts facts) => facts is { Shielded: false, Child: { } child } ? child : facts.Report;
}
