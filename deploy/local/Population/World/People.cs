using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.World;

/// <summary>A household with children as it is in truth; <see cref="Child"/> also says what the population base tells wrongly.</summary>
internal sealed class Family(int number, string surname, Village village, Residency residency, string address)
{
    public int Number { get; } = number;
    public string HouseholdNo { get; } = $"H{number:D8}";
    public string Surname { get; } = surname;
    public Village Village { get; } = village;
    public Residency Residency { get; } = residency;
    public string Address { get; } = address;
    public List<Child> Children { get; } = [];
    public List<Adult> Adults { get; } = [];
    public Parental Father { get; set; }
    public Parental Mother { get; set; }
    public bool IsLeftBehind { get; set; }

    /// <summary>The row of the family that comes late in the first load, so that others wait.</summary>
    public Straggler Straggler { get; set; }

    /// <summary>Sequence of its first row in the first load.</summary>
    public long FirstSequence { get; set; }

    public bool IsPlain => Straggler is Straggler.None && Children.TrueForAll(c => c.Flaw is Flaw.None);
}

internal enum Straggler { None, Household, LastChild }

/// <summary>A parent's status and for how many days; no row at all when not told.</summary>
internal readonly record struct Parental(ParentState State, int Days, string WorkCode = "")
{
    public bool IsTold => State is not ParentState.NotCollected;

    /// <summary>Out for work long enough to count.</summary>
    public bool CountsAsOut => State is ParentState.OutForWork && Days >= 30;

    public bool LacksCapacity => State is ParentState.Deceased or ParentState.Missing or ParentState.Imprisoned or ParentState.Incapable or ParentState.NoContact;
}

internal sealed record Adult(string PersonNo, string Name, string IdNumber, DateOnly Born, Sex Sex, Relation Relation, string Phone);

/// <summary>A child as it is; the flaw says what the population base has wrong of it.</summary>
internal sealed class Child(string personNo, string name, string idNumber, DateOnly born, Sex sex)
{
    public string PersonNo { get; } = personNo;
    public string Name { get; } = name;
    public string IdNumber { get; } = idNumber;
    public DateOnly Born { get; } = born;
    public Sex Sex { get; } = sex;
    public bool IsPupil { get; init; }
    public Flaw Flaw { get; set; }

    /// <summary>The sibling whose number was typed for this child.</summary>
    public string SiblingsNumber { get; set; } = "";
    public CarerKind Carer { get; set; }
    public string CarerName { get; set; } = "";
    public string CarerPhone { get; set; } = "";

    /// <summary>The birth date that the population base lets one read; null when it has none.</summary>
    public DateOnly? BornAsTold => Flaw switch
    {
        Flaw.NothingKnown => null,
        Flaw.BirthDateOff => Born.AddDays(-1),
        _ => Born,
    };
}

internal enum Flaw { None, WrongCheckDigit, SiblingsNumber, NoNumber, WrongForm, NoBirthDate, NothingKnown, WrongName, BirthDateOff, SexUntold }

/// <summary>A school with the village it stands in.</summary>
internal sealed record School(string No, string Code, string TownCode, Protos.Education.V1.Stage Stage);

/// <summary>A pupil on the roll, as the roll tells it.</summary>
internal sealed record Pupil(string StudentNo, string Name, string IdNumber, DateOnly Born, Protos.Education.V1.Sex Sex,
    School School, Protos.Education.V1.Stage Stage, Protos.Education.V1.Boarding Boarding, bool NameMistyped, long FirstSequence);
