using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Households;

namespace LeftBehind.Registry.Matching;

/// <summary>What rows told of a file itself, apart from what files merged into it lend. Null and not collected: nobody told.</summary>
public sealed record OwnFacts(DateOnly? BirthDate, Sex Sex, DivisionId? Hukou, CarerKind Carer)
{
    public static readonly OwnFacts Unknown = new(null, Sex.NotCollected, null, CarerKind.NotCollected);

    public static OwnFacts Of(ChildFacts facts) => new(facts.BirthDate, facts.Sex, facts.Hukou, facts.Carer);
}

/// <summary>What a merged file knows of the child: it counts where the file that counts knows nothing itself.</summary>
public sealed record LentFacts(
    OwnFacts Own, Residency Residency, ParentRecord Father, ParentRecord Mother,
    DisabilityGrade? Disability, DisabilityKind? DisabilityKind, Illness? Illness, AidKinds? Aid, GuardianKind? Guardian)
{
    /// <summary>What a file lends: its own, and what was lent to it.</summary>
    public static LentFacts Of(Child file)
    {
        var needs = GroupFacts.NeedsOf(file, file.Needs).Into(file.Facts);
        return new(OwnFacts.Of(GroupFacts.Told(file, file.Own)), GroupFacts.ResidencyOf(file), GroupFacts.FatherOf(file), GroupFacts.MotherOf(file),
            needs.Disability, needs.DisabilityKind, needs.Illness, needs.Aid, needs.Guardian);
    }
}

/// <summary>
/// What counts of a child with merged files: the value of the file that counts, else what a file merged into it tells, of parents the
/// latest. Each file keeps its own, so that a merge taken back leaves both as they were. Pure.
/// </summary>
public static class GroupFacts
{
    private const string MergedFile = "merged file";

    public static ParentRecord FatherOf(Child file) => Parent(file.Father, file.Joined.Values.Select(l => l.Father));

    public static ParentRecord MotherOf(Child file) => Parent(file.Mother, file.Joined.Values.Select(l => l.Mother));

    public static Residency ResidencyOf(Child file) =>
        file.Residency is not Residency.Unknown ? file.Residency : file.Joined.Values.Select(l => l.Residency).FirstOrDefault(r => r is not Residency.Unknown);

    /// <summary>The facts that leave the house when the file itself tells these.</summary>
    public static ChildFacts Told(Child file, OwnFacts own) => file.Facts with
    {
        BirthDate = own.BirthDate ?? Lent(file, l => l.Own.BirthDate),
        Sex = own.Sex is not Sex.NotCollected ? own.Sex : file.Joined.Values.Select(l => l.Own.Sex).FirstOrDefault(s => s is not Sex.NotCollected),
        Hukou = own.Hukou ?? Lent(file, l => l.Own.Hukou),
        Carer = own.Carer is not CarerKind.NotCollected ? own.Carer : file.Joined.Values.Select(l => l.Own.Carer).FirstOrDefault(c => c is not CarerKind.NotCollected),
    };

    /// <summary>What an event keeps of the file's own facts: none where they are those that count.</summary>
    public static OwnFacts? Kept(Child file, OwnFacts own) => file.Joined.IsEmpty ? null : own;

    /// <summary>The facts that leave the house as they are now.</summary>
    public static ChildFacts Of(Child file) => NeedsOf(file, file.Needs).Into(Told(file, file.Own));

    /// <summary>Health, aid and guardian, when the file itself tells these.</summary>
    public static Needs NeedsOf(Child file, Needs own)
    {
        if (file.Joined.IsEmpty)
            return own;
        if (own.Disability is null && file.Joined.Values.FirstOrDefault(l => l.Disability is not null) is { } certified)
            own = own with { Disability = (certified.Disability!.Value, certified.DisabilityKind, MergedFile) };
        if (own.Illness is null && Lent(file, l => l.Illness) is { } illness)
            own = own with { Illnesses = own.Illnesses.SetItem(IllnessKind.OtherIllness, (illness, MergedFile)) };
        if (own.Aid is null && Lent(file, l => l.Aid) is { } aid)
            own = own with { Aids = own.Aids.SetItems(Enum.GetValues<AidKinds>().Where(k => k is not AidKinds.None).Select(k => KeyValuePair.Create(k, (aid.HasFlag(k), MergedFile)))) };
        if (own.Guardian is null && Lent(file, l => l.Guardian) is { } guardian)
            own = own with { Guardian = (guardian, MergedFile) };
        return own;
    }

    private static ParentRecord Parent(ParentRecord own, IEnumerable<ParentRecord> lent) => own.Status is not ParentState.NotCollected
        ? own : lent.Where(p => p.Status is not ParentState.NotCollected).MaxBy(p => p.Since) ?? own;

    private static T? Lent<T>(Child file, Func<LentFacts, T?> value) where T : struct => file.Joined.Values.Select(value).FirstOrDefault(v => v is not null);
}
