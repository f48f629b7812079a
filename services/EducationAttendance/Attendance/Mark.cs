namespace LeftBehind.EducationAttendance.Attendance;

/// <summary>Part of a school day. The numbers are stored.</summary>
public enum Session : short { WholeDay = 1, Morning = 2, Afternoon = 3 }

/// <summary>How a pupil attended. The numbers are stored.</summary>
public enum Category : short { Present = 1, Late = 2, Excused = 3, Unexcused = 4 }

/// <summary>What is told of one pupil in a roll call (考勤记录).</summary>
/// <param name="Pupil">The pupil.</param>
/// <param name="Category">How it attended.</param>
/// <param name="Fraction">Share of the whole school day that was missed, 0–1.</param>
/// <param name="Reason">The source's code; stays in the house.</param>
/// <param name="Sequence">Order of the source.</param>
public sealed record Mark(Guid Pupil, Category Category, decimal Fraction, string? Reason, long Sequence)
{
    /// <summary>Whether another says the same.</summary>
    public bool Says(Mark other) => (Category, Fraction, Reason) == (other.Category, other.Fraction, other.Reason);
}

/// <summary>A mark as it was submitted and as it was corrected last; both are kept.</summary>
public sealed record KeptMark(Mark Submitted, Mark Now);

/// <summary>The roll call of a session.</summary>
/// <param name="Sequence">Order of the source of the roll call told last.</param>
/// <param name="SubmittedAt">When it was first submitted: a correction on a later day makes no roll late.</param>
/// <param name="By">The account that submitted it.</param>
/// <param name="Marks">Whoever was ever named.</param>
public sealed record SessionRoll(long Sequence, DateTimeOffset SubmittedAt, string? By, IReadOnlyDictionary<Guid, KeptMark> Marks)
{
    /// <summary>After all exceptions were told: a mark that the source told later stays, whoever is not named any more was there.</summary>
    public SessionRoll After(IReadOnlyList<Mark> exceptions, long sequence, DateTimeOffset submittedAt, string? by)
    {
        var marks = Marks.ToDictionary(m => m.Key, m => m.Value.Now.Sequence > sequence || m.Value.Now.Category is Category.Present
            ? m.Value : m.Value with { Now = new(m.Key, Category.Present, 0, null, sequence) });
        foreach (var told in exceptions)
            if (!marks.TryGetValue(told.Pupil, out var known))
                marks[told.Pupil] = new(told, told);
            else if (known.Now.Sequence <= sequence)
                marks[told.Pupil] = known with { Now = told };
        return new(sequence, Sequence > 0 && SubmittedAt < submittedAt ? SubmittedAt : submittedAt, by, marks);
    }

    /// <summary>After one exception was told.</summary>
    public SessionRoll After(Mark told) =>
        this with { Marks = new Dictionary<Guid, KeptMark>(Marks) { [told.Pupil] = Marks.TryGetValue(told.Pupil, out var known) ? known with { Now = told } : new(told, told) } };

    /// <summary>Whether another roll call says the same of everybody.</summary>
    public bool Says(SessionRoll other) => (SubmittedAt, By) == (other.SubmittedAt, other.By)
        && Marks.Keys.Union(other.Marks.Keys).All(pupil => Of(pupil).Says(other.Of(pupil)));

    /// <summary>What counts of a pupil now; whoever was never named was there.</summary>
    public Mark Of(Guid pupil) => Marks.TryGetValue(pupil, out var known) ? known.Now : new(pupil, Category.Present, 0, null, Sequence);
}
