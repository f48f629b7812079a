using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;

namespace LeftBehind.Residences;

/// <summary>Where a child lives and how its file stands, as Registry told it.</summary>
/// <param name="Village">Village of residence.</param>
/// <param name="State">State of the file.</param>
/// <param name="Version">Version of the file that told it.</param>
/// <param name="Epoch">Logs of Registry that ended before: a restored one counts versions anew.</param>
public sealed record ChildPlace(DivisionId Village, FileState State, long Version, int Epoch = 0)
{
    /// <summary>There is no such child: its file was entered in error, or is another's. A file that is closed for any other reason is still one's.</summary>
    public bool IsNobodys => State is FileState.EnteredInError or FileState.MergedInto;

    /// <summary>What is known after another telling; one of a lower version, or of a log that ended, is ignored.</summary>
    public static ChildPlace After(ChildPlace? known, ChildFacts told, long version, int epoch = 0) =>
        known is not null && (known.Epoch, known.Version).CompareTo((epoch, version)) > 0 ? known : new(told.Residence, told.State, version, epoch);
}

/// <summary>A fact of Registry that changed what is known of where a child lives.</summary>
public sealed record PlaceTold(PagedEvent Fact, Guid Child, ChildPlace Place);
