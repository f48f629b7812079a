using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.Registry.Care;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Tests.Caring;

/// <summary>A child's file and its care, as their events make them.</summary>
internal static class Given
{
    public static readonly DateOnly Today = Samples.Today;

    public static readonly Carer Grandmother = Carer("g");

    public static Carer Carer(string person, CarerRelation relation = CarerRelation.Grandparent) => new(Samples.Closed, person + "-told", person, relation);

    /// <summary>A rural child whose parents have both been away for long, with nobody who cares.</summary>
    public static Child LeftAlone(DateOnly? born = null, CarerKind carer = CarerKind.None) => Samples.File(born ?? new(2016, 5, 1),
        (Parent.Father, ParentState.OutForWork, new(2020, 1, 1)), (Parent.Mother, ParentState.OutForWork, new(2020, 1, 1))).On(Today).With(carer);

    public static Child With(this Child child, CarerKind carer) => child.After(new CarerNamed(null, "c", child.Facts with { Carer = carer }));

    public static Child Closed(this Child child, FileState state = FileState.MovedAway) => child.After(new ChildFileClosed(DetermineCategory.Closed(child.Facts, state)));

    public static EntrustCare Entrust(Carer? carer = null, DateOnly? until = null) =>
        new(carer ?? Grandmother, CarerIsOfAge: true, Today, until, EntrustReason.WorkAway, ChildOpinion.Agrees);

    public static EntrustedCare None(Child child) => EntrustedCare.New(EntrustedCare.IdOf(child.Id));

    /// <summary>In the grandmother's care since today.</summary>
    public static EntrustedCare Entrusted(Child child, DateOnly? until = null) => None(child).Then(care => EntrustCare.Decide(Entrust(until: until), care, child, Today));

    public static EntrustedCare Then(this EntrustedCare care, Func<EntrustedCare, IEnumerable<ICareEvent>> decide) =>
        decide(care).ToList().Aggregate(care, (c, e) => c.After(e));

    public static EntrustedCare Followed(this EntrustedCare care, Child child, DateOnly day) => care.Then(c => FollowCare.Decide(c, child, Noon(day)));

    public static DateTimeOffset Noon(DateOnly day) => WorkCalendar.StartOf(day).AddHours(12);

    public static IEnumerable<string> Kinds(EntrustedCare care) => CareDuties.Of(care).Select(d => d.Terms.Kind);
}
