using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Matching;

/// <summary>What the rows of one batch do to links: pupils that waited find their file, and links of corrected files are looked at again.</summary>
internal sealed class LinksOfBatch<TRow>
{
    private readonly List<(Guid Pupil, Guid Child)> linked = [];
    private readonly Dictionary<Guid, TRow> corrected = [];

    public void Saw(Guid child, IChildEvent @event, TRow row)
    {
        if (@event is PupilLinked link)
            linked.Add((link.PupilId, child));
        else if (@event is ChildIdentityCorrected)
            corrected[child] = row;
    }

    /// <summary>To be sent before the pupils no longer wait.</summary>
    public void Write(StoreWork work) => LinkedPupils.Link(work, linked);

    /// <summary>Takes back the links of corrected files whose ground is gone; sends what was written before, since the index says whose a number is.</summary>
    /// <param name="work">The transaction of the batch.</param>
    /// <param name="childOf">The file as the batch left it.</param>
    /// <param name="countsFor">The file that counts for a merged one.</param>
    /// <param name="append">Appends to a file by the row that corrected it.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task UnlinkAsync(StoreWork work, Func<Guid, Child> childOf, Func<Guid, Guid?> countsFor, Action<Child, PupilUnlinked, TRow> append, CancellationToken ct)
    {
        var children = corrected.Keys.Where(id => !childOf(id).Pupils.IsEmpty).ToList();
        if (children.Count == 0)
            return;
        await work.FlushAsync(ct);
        var gone = (await LinkedPupils.OfChildrenAsync(work, children, ct))
            .FindAll(l => !Ground.Stands(childOf(l.Link.Child), l.Link.BirthDate, l.IsTheChildsNumber));
        foreach (var (pupil, link, _) in gone)
            append(childOf(link.Child), new(pupil, UnlinkGround.IdentityCorrected, childOf(link.Child).Facts, countsFor(link.Child)), corrected[link.Child]);
        LinkedPupils.Unlink(work, [.. gone.Select(l => l.Pupil)]);
    }
}
