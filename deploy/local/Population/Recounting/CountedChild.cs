namespace LeftBehind.Population.Recounting;

/// <summary>A child's file as the rows leave it.</summary>
internal sealed class CountedChild
{
    public required string PersonNo { get; init; }
    public string VillageCode { get; set; } = "";
    public bool? Rural { get; set; }
    public string Name { get; set; } = "";

    /// <summary>The 18-digit number when it is right in itself; otherwise empty.</summary>
    public string ValidNumber { get; set; } = "";
    public DateOnly? Born { get; set; }
    public string Sex { get; set; } = "notCollected";
    public bool Verified { get; set; }
    public ParentHistory Father { get; } = new();
    public ParentHistory Mother { get; } = new();
    public string Carer { get; set; } = "notCollected";
    public string Schooling { get; set; } = "notCollected";
    public string Boarding { get; set; } = "notCollected";
}

/// <summary>A pupil as the rows leave it.</summary>
internal sealed class CountedPupil
{
    public string Name { get; set; } = "";
    public string Number { get; set; } = "";
    public DateOnly? Born { get; set; }
    public string Sex { get; set; } = "notCollected";
    public string SchoolCode { get; set; } = "";
    public string Stage { get; set; } = "notCollected";
    public string Boarding { get; set; } = "notCollected";

    /// <summary>enrolled, onLeave, droppedOut or graduated.</summary>
    public string State { get; set; } = "enrolled";
    public bool Matched { get; set; }

    /// <summary>none, registered or returned: the plan's feeds push no attendance, and nobody acts on a case.</summary>
    public string Dropout { get; set; } = "none";

    /// <summary>The day from which state, school and stage count.</summary>
    public DateOnly Since { get; set; }

    /// <summary>The source's order of the row that told of it last.</summary>
    public long ToldAt { get; set; }

    /// <summary>Whether its child boards: only whoever is on the roll does.</summary>
    public string BoardingOfChild => State is "enrolled" or "onLeave" ? Boarding : "notCollected";

    /// <summary>Where its child is schooled: a leave keeps the place; dropping out of compulsory school is 辍学, of a later one 不在学.</summary>
    public string SchoolingOfChild => State switch
    {
        "enrolled" or "onLeave" => Stage,
        "droppedOut" => Stage switch { "kindergarten" => "notInKindergarten", "seniorHigh" or "vocational" => "notInSchool", _ => "droppedOut" },
        _ => "notCollected",
    };
}
