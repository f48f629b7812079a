using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.ReadLog;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Registry.Matching;
using LeftBehind.Sealing;
using Household = LeftBehind.Registry.Households.Household;

namespace LeftBehind.Registry.Lists;

/// <summary>
/// Hands out the open files of a division, page by page: a page is read, recorded with the purpose when it tells identities
/// (未成年人网络保护条例 §36), and only then leaves. However many children there are, one page is in memory.
/// </summary>
public sealed class ExportChildren(EventStore store, PersonKeyTable personKeys, DivisionTree tree, TimeProvider clock)
{
    /// <summary>Children of a page; platform default.</summary>
    public const int OfAPage = 200;

    /// <summary>Checks the request before anything is answered; what follows only reads.</summary>
    public IAsyncEnumerable<byte[]> Begin(ExportChildrenRequest request, Admission admission, CancellationToken ct)
    {
        var division = Requests.Division(tree, request.DivisionCode, clock.GetUtcNow());
        admission.Require(division);
        var purpose = PersonalReads.Purpose(request.Purpose);
        ListFiles.Writer(request.Format).Dispose();
        return WriteAsync(request, division!.Value, purpose, admission.Caller!, ct);
    }

    private async IAsyncEnumerable<byte[]> WriteAsync(
        ExportChildrenRequest request, DivisionId division, string purpose, Caller caller, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var columns = ExportColumns.Of(tree, caller, WorkCalendar.DayOf(clock.GetUtcNow()), request.WithIdentities);
        using var file = ListFiles.Writer(request.Format);
        file.Row([.. columns.Select(c => c.Heading)]);
        var divisions = tree.ValuesWithin(division);
        PlacesRead? read = null;
        while (true)
        {
            (read, var children) = request.WithIdentities
                ? await store.RunAsync(work => NamedAsync(work, divisions, read, caller, purpose, ct), ct)
                : await store.ReadAsync(work => PageAsync(work, divisions, read, caller, ct), ct);
            if (read is null)
                break;
            foreach (var child in children)
                file.Row([.. columns.Select(c => c.Cell(child))]);
            if (file.Take() is { Length: > 0 } written)
                yield return written;
        }
        file.End();
        yield return file.Take();
    }

    private async Task<(PlacesRead? Read, IReadOnlyList<ExportedChild> Children)> NamedAsync(
        StoreWork work, long[] divisions, PlacesRead? before, Caller caller, string purpose, CancellationToken ct)
    {
        var (read, open) = await PageAsync(work, divisions, before, caller, ct);
        if (open.Count == 0)
            return (read, open);
        var households = await work.LoadAsync<Household>(open.Select(c => c.Child.Household), ct);
        var texts = await SealedTexts.LoadAsync(work, personKeys, open.SelectMany(c => (Guid[])[c.Child.Id, c.Child.Household]), ct);
        var withContact = caller.Reads(FieldGroup.Contact);
        PersonalReads.Record(work, caller, "export", purpose, open.Select(c => new ReadOf(c.Child.Facts.Residence, c.Child.Id)));
        return (read, [.. open.Select(c => c with
        {
            Household = households[c.Child.Household], Identity = texts.Identity(c.Child.Id), Address = texts.Address(c.Child.Household),
            Carer = withContact ? texts.Carer(c.Child.Id) : null,
        })]);
    }

    private static async Task<(PlacesRead? Read, IReadOnlyList<ExportedChild> Children)> PageAsync(
        StoreWork work, long[] divisions, PlacesRead? before, Caller caller, CancellationToken ct)
    {
        if (await ChildPlaces.NextAsync(work, divisions, before, OfAPage, ct) is not { } read)
            return (null, []);
        var files = await work.LoadAsync<Child>(read.Children, ct);
        return (read, [.. read.Children.Select(id => files[id]).Where(c => c.Facts.State is FileState.Open && caller.Sees(c.Facts.Residence)).Select(c => new ExportedChild(c, null, null, null, null))]);
    }
}
