using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeftBehind.Contracts.Divisions;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Divisions.Proposals;

/// <summary>Why a person has to look before confirming what a list seems to say.</summary>
internal enum Doubt
{
    /// <summary>None: the list says it plainly.</summary>
    None,

    /// <summary>One code, two names without a character in common: renamed, or another place with a code given out again.</summary>
    NameWhollyDifferent,

    /// <summary>Several divisions of one name came or went: which is which, the list does not say.</summary>
    SeveralOfThisName,

    /// <summary>It is told by the divisions below it alone, and not by all of them.</summary>
    ToldByPartBelow,

    /// <summary>It is gone, and new ones stand beside where it was: perhaps it is a part of one of them.</summary>
    PerhapsMerged,

    /// <summary>It is gone, and nothing says where its people are.</summary>
    Gone,

    /// <summary>The tree does not allow it as things stand; the fault is told beside.</summary>
    Forbidden,
}

/// <summary>Changes that a list proposes together, such as a move: another parent and another code.</summary>
/// <param name="Changes">In their order; none where the list says nothing that could be proposed.</param>
/// <param name="Doubt">Why it is doubtful.</param>
/// <param name="About">The divisions that it is about, in words: codes and names.</param>
internal sealed record ProposedChange(IReadOnlyList<IDivisionChange> Changes, Doubt Doubt, string About)
{
    /// <summary>Of what is proposed, whatever the document: the same however often the list is compared.</summary>
    public Guid Id { get; } = new(SHA256.HashData(Encoding.UTF8.GetBytes(Changes.Count == 0 ? $"{Doubt} {About}" : string.Concat(Changes.Select(Written)))).AsSpan(0, 16));

    private static string Written(IDivisionChange change)
    {
        var json = JsonSerializer.SerializeToNode(change, change.GetType(), EventTypes.Json)!.AsObject();
        json.Remove("document");
        return change.GetType().Name + json.ToJsonString();
    }
}
