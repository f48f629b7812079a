using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Documents;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Sealing;

namespace LeftBehind.EducationAttendance.Dropout.Reports;

/// <summary>
/// Makes the written report of what the case holds, and keeps it sealed under the pupil's key in the transaction that files it. What is decided, is
/// decided before anything is printed.
/// </summary>
public sealed class FileReports(DivisionTree tree, PrintDocument print, KeyedDigest digests)
{
    public IEnumerable<IDropoutEvent> File(AtStep at, string documentNo, string school)
    {
        var text = ReportText.Of(Content(at, documentNo, school));
        var bytes = Encoding.UTF8.GetBytes(text);
        var decided = FileWrittenReport.Decide(new(at.Told, documentNo, Convert.ToBase64String(digests.Of(bytes))), at.Known).ToList();
        if (decided.Count > 0)
            DocumentTable.Write(at.Work, at.Told.Request, at.Pupil.Id, new(at.Key.Seal(bytes), print.Print(text, at.Now) is { } pdf ? at.Key.Seal(pdf) : null));
        return decided;
    }

    private ReportContent Content(AtStep at, string documentNo, string school)
    {
        var (pupil, known) = (at.Pupil, at.Known);
        var details = pupil.Details is { } sealedDetails && at.Key.TryUnsealJson<PupilDetails>(sealedDetails, out var unsealed)
            ? unsealed : throw new RejectedException("the pupil's data was erased");
        return new(
            school, pupil.SchoolNo, NameOf(pupil.Facts.School, DivisionLevel.County), NameOf(pupil.Facts.School, DivisionLevel.Town), details.Name, details.StudentNo,
            ReportWords.Of(pupil.Facts.Sex), pupil.Facts.BirthDate, pupil.Class?.No ?? "", documentNo, at.Told.On, known.AbsentSince, known.Facts?.Relapses ?? 0,
            // Whatever comes after the report is not in it: then there is none to be made, and the decision says so.
            [.. known.Record.TakeWhile(step => step is not WrittenReportFiled).Where(step => step is not (ReturnRecorded or TownPersuaded))
                .Select(step => new ReportEntry(step.On, ReportWords.Of(step), NoteOf(step, at.Key)))]);
    }

    private string NameOf(DivisionId school, DivisionLevel level) => tree.Name(tree.Path(school).First(d => tree.Level(d) == level));

    internal static string NoteOf(IRecordedStep step, PersonKey key) => step.Note is { } note && key.TryUnsealJson<string>(note, out var text) ? text : "";
}
