using LeftBehind.Protos.Intake.V1;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>What became of a list, line by line: the verdicts of a line's rows come to one, and what is said of a field is said of its column. Pure.</summary>
internal static class PaperReport
{
    /// <summary>The most problems that are told one by one.</summary>
    public const int MostProblems = 2_000;

    public static ImportReport Of(PaperImport import, bool dryRun, PaperList list, PaperRows rows, IReadOnlyList<RowVerdict> verdicts)
    {
        var ofLines = rows.Rows.Zip(verdicts, (row, verdict) => (row.Line, row.Row, Verdict: verdict)).ToLookup(v => v.Line);
        var report = new ImportReport { ImportId = import.Id.ToString(), DryRun = dryRun, LinesRead = list.Rows.Count };
        foreach (var line in list.Rows)
            report.Lines.Add(Of(line, ofLines[line].Select(v => (v.Row, v.Verdict)).ToList(), dryRun));
        report.Applied = report.Lines.Count(l => l.Verdict is Verdict.Applied);
        report.Unchanged = report.Lines.Count(l => l.Verdict is Verdict.Unchanged);
        report.Waiting = report.Lines.Count(l => l.Verdict is Verdict.Waiting);
        report.Rejected = report.Lines.Count(l => l.Verdict is Verdict.Rejected);
        var problems = list.Problems.Concat(rows.Problems).Concat(ofLines.SelectMany(l => l.Select(v => Problem(l.Key, v.Row, v.Verdict)).OfType<PaperProblem>()))
            .OrderBy(p => p.Row).ThenBy(p => p.Column ?? 0).ToList();
        report.Problems.Add(problems.Take(MostProblems).Select(p => new ListProblem
        {
            Row = p.Row, Column = p.Column is { } column ? PaperHeadings.Of(column) : "", Reason = p.Why.English, ReasonZh = p.Why.Chinese, Warning = p.IsWarning,
        }));
        report.ProblemsLeftOut = problems.Count - report.Problems.Count;
        return report;
    }

    private static ImportedLine Of(int line, List<(HouseholdRow Row, RowVerdict Verdict)> rows, bool dryRun)
    {
        var verdict = rows.Count == 0 || Any(Verdict.Rejected) ? Verdict.Rejected : Any(Verdict.Waiting) ? Verdict.Waiting : Any(Verdict.Applied) ? Verdict.Applied : Verdict.Unchanged;
        var subject = verdict is Verdict.Applied or Verdict.Unchanged ? rows.Find(r => r.Row.Member is not null).Verdict.SubjectId : "";
        return new() { Row = line, Verdict = verdict, SubjectId = dryRun && verdict is Verdict.Applied ? "" : subject };

        bool Any(Verdict one) => rows.Exists(r => r.Verdict.Verdict == one);
    }

    private static PaperProblem? Problem(int line, HouseholdRow row, RowVerdict verdict)
    {
        var why = verdict.Verdict is Verdict.Waiting ? Waits(verdict.WaitingFor) : verdict.Reason.Length > 0 ? PaperSayings.Of(verdict.Reason) : null;
        // What a carer or parent waits for is that the child is taken, which is said of the child.
        return why is null || (verdict.Verdict is Verdict.Waiting && row.Member is null) ? null
            : new(line, ColumnOf(verdict.Field, row), why, verdict.Verdict is not Verdict.Rejected);
    }

    private static Said Waits(string what) => what is "move_out"
        ? new("the child is on file outside of your divisions: taken once it is moved out there", "该儿童在其他辖区建档，待对方迁出后自动接收")
        : new($"waits for: {what}", "等待所依据的记录");

    private static PaperColumn? ColumnOf(string field, HouseholdRow row) => field switch
    {
        "household.household_no" or "member.household_no" => PaperColumn.HouseholdNo,
        "household.address" => PaperColumn.Address,
        "household.residency" => PaperColumn.Residency,
        "member.name" => PaperColumn.Name,
        "member.id_number" => PaperColumn.IdNumber,
        "member.birth_date" => PaperColumn.BirthDate,
        "member.sex" => PaperColumn.Sex,
        "member.relation" => PaperColumn.Relation,
        "member.phone" => PaperColumn.Phone,
        "member.hukou_code" => PaperColumn.Hukou,
        "parent.since" => row.Parent.Parent is Parent.Father ? PaperColumn.FatherSince : PaperColumn.MotherSince,
        _ when field.StartsWith("parent.", StringComparison.Ordinal) => row.Parent.Parent is Parent.Father ? PaperColumn.Father : PaperColumn.Mother,
        "carer.name" => PaperColumn.CarerName,
        "carer.phone" => PaperColumn.CarerPhone,
        _ when field.StartsWith("carer.", StringComparison.Ordinal) => PaperColumn.Carer,
        _ => null,
    };
}
