namespace LeftBehind.Contracts.Divisions;

/// <summary>
/// One confirmed change of the division tree (行政区划变更; 行政区划管理条例 §§7–9). Told by Platform, in the order of its log; divisions are named by
/// their lasting ids, so that a change of a code or of a parent tells nothing of whoever lives there. Who confirmed it is kept beside the event.
/// </summary>
public interface IDivisionChange
{
    /// <summary>The day from which it counts; not after the day on which it was confirmed.</summary>
    DateOnly EffectiveOn { get; }

    /// <summary>The number of the document that orders it (文号), such as 国函〔2020〕80号.</summary>
    string Document { get; }
}

/// <summary>A division that was not there before (设立).</summary>
/// <param name="Division">Its lasting id: the code and the year of <paramref name="EffectiveOn"/>.</param>
/// <param name="Code">Of the level below the parent's.</param>
/// <param name="Name">The name alone.</param>
/// <param name="Parent">One level higher.</param>
/// <param name="Virtual">No government sits there.</param>
/// <param name="EffectiveOn"><inheritdoc cref="IDivisionChange.EffectiveOn"/></param>
/// <param name="Document"><inheritdoc cref="IDivisionChange.Document"/></param>
[StoredName("division_established")]
public sealed record DivisionEstablished(DivisionId Division, DivisionCode Code, string Name, DivisionId Parent, bool Virtual, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>It has another name (更名).</summary>
[StoredName("division_renamed")]
public sealed record DivisionRenamed(DivisionId Division, string Name, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>It has another code (代码变更); the codes below that begin with the old one begin with the new one from that day.</summary>
[StoredName("division_recoded")]
public sealed record DivisionRecoded(DivisionId Division, DivisionCode Code, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>It lies under another division of the same level as its parent was (隶属关系变更), with all below it.</summary>
[StoredName("division_reparented")]
public sealed record DivisionReparented(DivisionId Division, DivisionId Parent, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>Divisions end and are part of another (合并); what lay below them lies below it, and who was counted in them is counted in it.</summary>
[StoredName("divisions_merged")]
public sealed record DivisionsMerged(IReadOnlyList<DivisionId> Divisions, DivisionId Into, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>
/// New divisions beside one, out of it (拆分). It goes on with what was given to none of them; who is counted in it stays so until somebody says
/// in which of them he lives.
/// </summary>
[StoredName("division_split")]
public sealed record DivisionSplit(DivisionId Division, IReadOnlyList<DivisionPart> Parts, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>A new division out of another.</summary>
/// <param name="Division">Its lasting id.</param>
/// <param name="Code">Of the same level.</param>
/// <param name="Name">The name alone.</param>
/// <param name="Children">The divisions below the one that was split that lie below this one now; of a village none.</param>
public sealed record DivisionPart(DivisionId Division, DivisionCode Code, string Name, IReadOnlyList<DivisionId> Children);

/// <summary>
/// A new village out of parts of others (析出), which go on. Who is counted in them stays so until somebody says that he lives in the new one.
/// </summary>
[StoredName("villages_extracted")]
public sealed record VillagesExtracted(
    IReadOnlyList<DivisionId> From, DivisionId Division, DivisionCode Code, string Name, DivisionId Parent, DateOnly EffectiveOn, string Document) : IDivisionChange;

/// <summary>It ends (撤销); nothing lies below it any more. Who is still counted in it stays so until somebody says where he lives.</summary>
[StoredName("division_abolished")]
public sealed record DivisionAbolished(DivisionId Division, DateOnly EffectiveOn, string Document) : IDivisionChange;
