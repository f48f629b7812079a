namespace LeftBehind.Registry.Children;

public enum Parent { Father, Mother }

/// <summary>Status of a parent. The five between AtHome/OutForWork and NotCollected mean "without guardianship capacity" (国发〔2016〕13号).</summary>
public enum ParentState { NotCollected, AtHome, OutForWork, Deceased, Missing, Imprisoned, Incapable, NoContact }

/// <summary>What is known of one parent: the status told last, since when, and what counted before it.</summary>
public sealed record ParentRecord(ParentState Status, DateOnly Since, ParentState Before)
{
    /// <summary>Away or back for fewer days changes nothing: Spring Festival must not empty the count. Platform default.</summary>
    public const int DaysUntilItCounts = 30;

    public static readonly ParentRecord Unknown = new(ParentState.NotCollected, DateOnly.MinValue, ParentState.NotCollected);

    /// <summary>
    /// A new status, or the same with another day; what counted on the day it began is the one before. Told away from an
    /// earlier day, it is a correction; from a later day, the parent was back in between, too short to be told.
    /// </summary>
    public ParentRecord Told(ParentState status, DateOnly since) =>
        status == Status && since == Since ? this : new(status, since, status == Status && since < Since ? Before : CountedOn(since));

    /// <summary>The status that counts on a day.</summary>
    public ParentState CountedOn(DateOnly day) => TakesTime && day < Since.AddDays(DaysUntilItCounts) ? Before : Status;

    /// <summary>The day on which the status begins to count, when that is still ahead.</summary>
    public DateOnly? CountsFrom(DateOnly day) => TakesTime && day < Since.AddDays(DaysUntilItCounts) ? Since.AddDays(DaysUntilItCounts) : null;

    /// <summary>Going away and coming back take time to count; a first "at home" does not.</summary>
    private bool TakesTime => Status is ParentState.OutForWork || (Status is ParentState.AtHome && Before is not ParentState.NotCollected);
}

/// <summary>What the statuses mean for guardianship.</summary>
public static class ParentStates
{
    /// <summary>Out for work (外出务工).</summary>
    public static bool IsOut(this ParentState state) => state is ParentState.OutForWork;

    /// <summary>Without guardianship capacity (无监护能力).</summary>
    public static bool LacksCapacity(this ParentState state) =>
        state is ParentState.Deceased or ParentState.Missing or ParentState.Imprisoned or ParentState.Incapable or ParentState.NoContact;
}
