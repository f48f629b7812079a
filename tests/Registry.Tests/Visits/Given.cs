using LeftBehind.Contracts.Assessment;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Visits;

namespace LeftBehind.Registry.Tests.Visits;

/// <summary>Children and their visits, by the shipped working days.</summary>
internal static class Given
{
    /// <summary>Friday 8 May 2026, 10:00 in China; Saturday 9 May is worked.</summary>
    public static readonly DateTimeOffset Now = At(2026, 5, 8, 10);

    public static readonly WorkCalendar Calendar = WorkCalendar.Load(Samples.Shipped("workdays.json"));

    public static readonly VisitRules Rules = new(Samples.Tree, Calendar);

    public static readonly Child LeftBehind = Samples.File(new(2016, 5, 1), (Parent.Father, ParentState.OutForWork, new(2020, 1, 1)), (Parent.Mother, ParentState.OutForWork, new(2020, 1, 1)))
        .On(Samples.Today);

    public static readonly Child AtHome = Samples.File(new(2016, 5, 1)).On(Samples.Today);

    /// <summary>In China.</summary>
    public static DateTimeOffset At(int year, int month, int day, int hour = 0) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    public static VisitPlan Plan(Child child, RiskLevel? risk = null, bool droppedOut = false, bool hasWorker = false) => VisitPlan.Of(child, risk, droppedOut, hasWorker);

    public static ChildVisits Follow(this ChildVisits visits, Child child, VisitPlan plan, DateTimeOffset now) =>
        FollowPlan.Decide(new(plan, plan.Listings(child), now), visits, Rules).Aggregate(visits, (v, e) => v.After(v.Told(child.Id, e)));

    public static ChildVisits Visits(Child child, VisitPlan plan, DateTimeOffset now) => ChildVisits.New(ChildVisits.IdOf(child.Id)).Follow(child, plan, now);

    public static VisitContent Found(params VisitFinding[] findings) => new(findings, false, null, "");

    public static RecordVisit Visit(DateTimeOffset at, VisitContent? content = null, Guid? id = null) =>
        new(id ?? Guid.NewGuid(), Guid.NewGuid(), at, "worker-1", content ?? Found(VisitFinding.LivingInOrder), at);

    public static ChildVisits Record(this ChildVisits visits, Child child, RecordVisit command) =>
        RecordVisit.Decide(command, child, visits, Rules).Aggregate(visits, (v, e) => v.After(v.Told(child.Id, e)));
}
