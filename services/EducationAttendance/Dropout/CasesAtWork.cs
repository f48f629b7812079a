using LeftBehind.Contracts;
using LeftBehind.Contracts.Obligations;
using LeftBehind.Divisions;
using LeftBehind.EducationAttendance.Calendars;
using LeftBehind.EducationAttendance.Goals;
using LeftBehind.EducationAttendance.Pupils;
using LeftBehind.EventLog;
using LeftBehind.Obligations;

namespace LeftBehind.EducationAttendance.Dropout;

/// <summary>
/// The cases that one piece of work touches, kept current while their events are appended; rows and duties are written at its end, a constant number
/// of statements however many cases.
/// </summary>
internal sealed class CasesAtWork
{
    private readonly StoreWork work;
    private readonly DivisionTree tree;
    private readonly Dictionary<Guid, DropoutCase> cases;
    private readonly Dictionary<Guid, SchoolDays> days;
    private readonly Dictionary<Guid, Pupil> pupils;
    private readonly Dictionary<Guid, EventMeta> changed = [];
    private readonly List<NewObligation> opened = [];
    private readonly List<Fulfilment> fulfilled = [];
    private readonly List<Waiver> waived = [];

    private CasesAtWork(StoreWork work, DivisionTree tree, Dictionary<Guid, DropoutCase> cases, Dictionary<Guid, SchoolDays> days, Dictionary<Guid, Pupil> pupils) =>
        (this.work, this.tree, this.cases, this.days, this.pupils) = (work, tree, cases, days, pupils);

    /// <param name="work">The transaction.</param>
    /// <param name="tree">The divisions.</param>
    /// <param name="working">Working days.</param>
    /// <param name="pupils">Whose cases, each as it stands last.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<CasesAtWork> LoadAsync(
        StoreWork work, DivisionTree tree, WorkCalendar working, IReadOnlyCollection<Pupil> pupils, CancellationToken ct)
    {
        var cases = await work.LoadAsync<DropoutCase>(pupils.Select(p => DropoutCase.IdOf(p.Id)).Distinct(), ct);
        var calendars = await work.LoadAsync<TermCalendar>(
            pupils.Select(p => p.Facts.School).Concat(cases.Values.Where(c => c.Facts is not null).Select(c => c.School)).Select(s => CalendarOf(tree, s)).Distinct(), ct);
        var standing = new Dictionary<Guid, Pupil>();
        foreach (var pupil in pupils)
            standing[pupil.Id] = pupil;
        return new(work, tree, cases, calendars.ToDictionary(c => c.Key, c => c.Value.Days(working)), standing);
    }

    public DropoutCase Of(Guid pupil) => cases[DropoutCase.IdOf(pupil)];

    /// <summary>The school days of the county in which a school stands.</summary>
    public SchoolDays DaysOf(DivisionId school) => days[CalendarOf(tree, school)];

    /// <param name="pupil">Whose case.</param>
    /// <param name="event">What happened.</param>
    /// <param name="meta">What is kept beside it.</param>
    /// <param name="owedFrom">From when the time of what follows runs.</param>
    public void Take(Guid pupil, IDropoutEvent @event, EventMeta meta, DateTimeOffset owedFrom)
    {
        var before = Of(pupil);
        var after = before.After(@event);
        work.Append(before.Id, @event, meta);
        cases[before.Id] = after;
        changed[pupil] = meta;
        var subject = new ObligationSubject(Pupil.StreamType, pupil);
        foreach (var duty in DropoutDuties.Of(after).Where(d => after.Owed[d.Kind] == after.Version))
            opened.Add(Opening(duty, after, subject, meta, owedFrom));
        foreach (var duty in DropoutDuties.Of(before).Where(d => after.Owed.GetValueOrDefault(d.Kind) != before.Owed[d.Kind]))
            if (DropoutDuties.Fulfils(@event, duty))
                fulfilled.Add(new(subject, duty.Kind, meta, KeyOf(before, duty)));
            else
                waived.Add(new(subject, duty.Kind, DropoutDuties.ReasonOf(@event), meta, KeyOf(before, duty)));
    }

    /// <summary>Opened first: what is told in one piece of work may begin and end in it.</summary>
    public async Task WriteAsync(ObligationBook book, CancellationToken ct)
    {
        DropoutTable.Write(work, changed.Keys.Select(Of));
        foreach (var (pupil, meta) in changed)
            foreach (var @event in FollowRegister.Decide(Of(pupil), pupils[pupil]))
            {
                work.Append(pupil, @event, meta);
                SchoolPupils.Write(work, [pupils[pupil].After(@event)]);
            }
        if (opened.Count > 0)
            await book.OpenAsync(work, opened, ct);
        if (fulfilled.Count > 0)
            await book.FulfilAsync(work, fulfilled, ct);
        if (waived.Count > 0)
            await book.WaiveAsync(work, waived, ct);
    }

    private NewObligation Opening(DropoutDuty duty, DropoutCase known, ObligationSubject subject, EventMeta meta, DateTimeOffset from)
    {
        // What the law allows is owed once the time that the order gave has run out; its last day is not counted.
        var starts = duty == DropoutDuties.Measures ? WorkCalendar.StartOf(known.Order!.ReturnBy.AddDays(1)).AddMilliseconds(-1) : from;
        var terms = duty == DropoutDuties.Obey ? duty.Through(known.Order!.ReturnBy, starts) : duty.From(starts, DaysOf(known.School));
        return new(terms, subject, OwnerOf(known.School, duty.Level), duty.Department, starts, meta, KeyOf(known, duty));
    }

    private static string KeyOf(DropoutCase known, DropoutDuty duty) => known.Owed[duty.Kind].ToString(System.Globalization.CultureInfo.InvariantCulture);

    private DivisionId OwnerOf(DivisionId school, DivisionLevel level) => tree.Path(school).First(d => tree.Level(d) == level);

    private static Guid CalendarOf(DivisionTree tree, DivisionId school) => TermCalendar.IdOf(tree.Path(school).First(d => tree.Level(d) is DivisionLevel.County));
}
