using CsCheck;
using LeftBehind.Contracts.Reporting;
using LeftBehind.EventLog;
using LeftBehind.Reporting.Linking;
using LeftBehind.Reporting.Reports;
using LeftBehind.Reporting.Responses;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>Whatever is commanded in whatever order: no urgency falls, no report goes, no response closes with something missing.</summary>
public class RandomCommandsTests
{
    /// <summary>What each situation requires while the parents are reached, written down once more and not read from the code.</summary>
    private static readonly Dictionary<Situation, Measure[][]> Table = new()
    {
        [Situation.LivingAlone] = [[Measure.ParentsOrderedBack, Measure.CarerNamed], [Measure.ParentsReprimanded]],
        [Situation.GuardianIncapableOrFailing] = [[Measure.ParentsContactedToReturn, Measure.RelativesTookOver]],
        [Situation.Missing] = [[Measure.RapidSearch]],
        [Situation.DomesticViolence] = [[Measure.ViolenceStopped], [Measure.CivilAffairsNotifiedForPlacement], [Measure.ChildPlaced], [Measure.CaseFiled, Measure.CaseNotFiled]],
        [Situation.OtherHarm] = [[Measure.HarmStopped], [Measure.ChildProtected]],
    };

    private static readonly Measure[][] Unreachable =
        [[Measure.TemporaryCareByRelative, Measure.TemporaryCareByVillageCommittee, Measure.TemporaryCareByReliefOrWelfareBody], [Measure.ParentsNotificationAssisted]];

    private static readonly Measure[][] Always = [[Measure.EvidenceTaken], [Measure.MedicalCareHelped], [Measure.InjuryExaminationHelped]];

    private static readonly Gen<(int Command, int Report, int Other, int Word, bool Flag)[]> Commands =
        Gen.Select(Gen.Int[0, 13], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 19], Gen.Bool).Array[10, 160];

    [Fact]
    public void No_sequence_of_commands_lowers_an_urgency_loses_a_report_or_closes_a_response_with_something_missing()
    {
        var (closed, linked, raised) = (0, 0, 0);
        Commands.Sample(commands =>
        {
            var world = new World();
            foreach (var command in commands)
            {
                var before = world.Reports.ToList();
                world.Take(command);
                Assert.True(world.Reports.Count >= before.Count);
                foreach (var (was, now) in before.Zip(world.Reports))
                {
                    Assert.True(now.Case.Urgency >= was.Case.Urgency && now.Exists && now.Situations.Take(was.Situations.Count).SequenceEqual(was.Situations));
                    Assert.True(was.Joined.All(now.Joined.Contains) && (now.LinkedTo == was.LinkedTo || was.LinkedTo is null));
                    if (now.Case.Urgency > was.Case.Urgency)
                        Interlocked.Increment(ref raised);
                    if (now.LinkedTo is { } to)
                        Assert.Contains(now.Id, world.Reports.Single(r => r.Id == to).Joined);
                }
            }
            Interlocked.Add(ref closed, world.Closed);
            Interlocked.Add(ref linked, world.Reports.Count(r => r.LinkedTo is not null));
        }, iter: 2000);
        Assert.True(closed > 50 && linked > 50 && raised > 50, $"The commands closed {closed}, linked {linked}, raised {raised}.");
    }

    private sealed class World
    {
        private readonly Dictionary<Guid, Response> responses = [];

        public List<Report> Reports { get; } = [];

        public int Closed { get; private set; }

        public void Take((int Command, int Report, int Other, int Word, bool Flag) c)
        {
            try
            {
                if (c.Command is 0 || Reports.Count == 0)
                    Receive(c.Report, (Situation)(c.Word % 5), c.Flag);
                else
                    Act(c.Command, c.Report % Reports.Count, c.Other % Reports.Count, c.Word, c.Flag);
            }
            catch (RejectedException)
            {
                // refused: nothing happened
            }
        }

        private void Receive(int child, Situation situation, bool danger)
        {
            var harm = Given.Report(situation, danger) with { Child = child is 0 ? null : new Guid(child, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]) };
            var open = harm.Child is { } known ? Reports.FindIndex(r => r.IsOpenCase && r.Case.Child == known) : -1;
            var report = new Report(Guid.NewGuid());
            Reports.Add(Given.After(report, r => ReportHarm.Decide(harm, r, open < 0 ? null : Reports[open], Given.Now)));
            if (open >= 0)
                Reports[open] = Given.After(Reports[open], r => ReportHarm.Join(harm, report.Id, r));
        }

        private void Act(int command, int at, int other, int word, bool flag)
        {
            var report = Reports[at];
            switch (command)
            {
                case 1:
                    Reports[at] = Given.After(report, r => TriageReport.Decide(new((Urgency)(word % 3), Given.Officer), r));
                    break;
                case 2:
                    Reports[at] = Given.After(report, r => SetAsideReport.Decide(new(flag ? SetAsideAs.Unfounded : SetAsideAs.OutOfScope, Given.Text, Given.Officer), r));
                    break;
                case 3:
                    var joined = Given.After(report, r => LinkReport.Decide(r, Reports[other]));
                    if (joined != report)
                        Reports[other] = Given.After(Reports[other], c => LinkReport.Join(report, c));
                    Reports[at] = joined;
                    break;
                case 4:
                    var id = Guid.NewGuid();
                    Reports[at] = Given.After(report, r => ReferToPolice.Decide(new(id, Given.Now, Given.Officer), r, Given.Now));
                    responses.TryAdd(Reports[at].Response!.Value, new Response(id).After(new ResponseOpened(report.Case, Given.Now)));
                    break;
                case 5:
                    Change(report, (n, r) => RecordDispatch.Decide(n, r, report, Given.Now));
                    break;
                case 6:
                    Change(report, (n, r) => FindParentsUnreachable.Decide(n, r, report, Given.Now));
                    break;
                case 7:
                    Change(report, (n, r) => Notify.Town(n, r, report, Given.Now));
                    Change(report, (n, r) => Notify.CountyCivilAffairs(n, r, report, Given.Now));
                    break;
                case 8:
                    Close(at);
                    break;
                case 9:
                    // Most of what an officer has to do, and so often all of it.
                    foreach (var measure in Enum.GetValues<Measure>().Where(m => (int)m - 1 != word))
                        Settle(report, measure, flag);
                    break;
                default:
                    Settle(report, (Measure)(word + 1), flag);
                    break;
            }
        }

        private void Settle(Report report, Measure measure, bool taken)
        {
            try
            {
                Change(report, (_, r) => taken ? TakeMeasure.Decide(Given.Taken(measure), r, report, Given.Now) : TakeMeasure.Decide(Given.NotNeeded(measure), r, report));
            }
            catch (RejectedException)
            {
                // one that is refused keeps none of the others back
            }
        }

        private void Change(Report report, Func<Notice, Response, IEnumerable<object>> decide)
        {
            if (report.Response is { } id)
                responses[id] = responses[id].With([.. decide(new(Given.Now, Given.Officer), responses[id])]);
        }

        private void Close(int at)
        {
            var report = Reports[at];
            if (report.Response is not { } id || responses[id].ClosedAt is not null)
                return;
            Change(report, (_, r) => CloseResponse.Decide(new(Given.Officer), r, report, Given.Now));
            Reports[at] = report.After(new ReportConcluded(id));
            Closed++;
            Assert.Empty(Missing(responses[id], report.Situations));
        }

        private static List<string> Missing(Response response, IEnumerable<Situation> situations)
        {
            var asked = situations.ToList();
            var ofParents = asked.Exists(s => s is Situation.LivingAlone or Situation.GuardianIncapableOrFailing);
            IEnumerable<Measure[]> rows =
            [
                .. asked.Where(s => !response.ParentsUnreachable || s is not (Situation.LivingAlone or Situation.GuardianIncapableOrFailing)).SelectMany(s => Table[s]),
                .. response.ParentsUnreachable && ofParents ? Unreachable : [], .. Always,
            ];
            var missing = rows.Where(row => !row.Any(m => response.Measures.TryGetValue(m, out var s) && s.Taken)
                && (row.Contains(Measure.CaseFiled) || !row.All(m => response.Measures.TryGetValue(m, out var s) && !s.Taken))).Select(row => string.Join('|', row)).ToList();
            if (response.TownNotifiedAt is null || response.CountyNotifiedAt is null || response.DispatchedAt is null)
                missing.Add("dispatch and notices");
            return missing;
        }
    }
}
