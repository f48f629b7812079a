using System.Text.RegularExpressions;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;
using LeftBehind.DivisionCopy;
using LeftBehind.Divisions;
using LeftBehind.Platform.Figures;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions.Proposals;

/// <summary>What a new yearly list proposes, told in parts; it only reads.</summary>
public sealed partial class ProposeDivisionList(DivisionTree tree, DivisionFollower follower, IConfiguration configuration, TimeProvider clock)
{
    private const int APart = 200;

    public async Task AnswerAsync(V1.ProposeDivisionListRequest request, IServerStreamWriter<V1.ProposedChanges> answers, ServerCallContext context)
    {
        var province = DivisionRequests.Find(tree, request.DivisionCode, clock);
        context.Require(province);
        if (province!.Value.Level is not DivisionLevel.Province)
            throw Requests.Invalid("division_code: a province");
        foreach (var part in (await ProposeAsync(request.List, province.Value, "", context.CancellationToken)).Proposals.Chunk(APart))
            await answers.WriteAsync(new() { Proposals = { part.Select(Shown) } }, context.CancellationToken);
    }

    /// <summary>What a list proposes of a province by the tree of now, and after how many changes that is.</summary>
    internal async Task<(IReadOnlyList<ProposedChange> Proposals, int Changes)> ProposeAsync(string name, DivisionId province, string document, CancellationToken ct)
    {
        var list = Read(name);
        await follower.LookAsync(ct);
        var (now, today) = (tree.History, WorkCalendar.DayOf(clock.GetUtcNow()));
        // Whether a document is named is asked when something is confirmed.
        return (CompareList.Of(now, list, province, document.Length == 0 ? "-" : document, today), now.Changes);
    }

    private DivisionTree Read(string name)
    {
        if (!ListName().IsMatch(name))
            throw Requests.Invalid("list: divisions-….csv.gz");
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configuration["Divisions:File"]!))!, name);
        if (!File.Exists(file))
            throw ScopeGuard.NotFound();
        try
        {
            return DivisionTree.Load(file);
        }
        catch (InvalidDataException)
        {
            throw new RpcException(new(StatusCode.FailedPrecondition, "list: not in the format of the shipped list, or not whole"));
        }
    }

    private static V1.ProposedChange Shown(ProposedChange proposal) => new()
    {
        ProposalId = proposal.Id.ToString(), Doubt = proposal.Doubt is Doubt.None ? "" : proposal.Doubt.ToString(), About = proposal.About,
        Changes = { proposal.Changes.Select(change => ShowChange.Of(change, document: "")) },
        Functional = proposal.Changes.Any(c => Codes(c).Any(code => code.IsFunctional())), Virtual = proposal.Changes.Any(c => c is DivisionEstablished { Virtual: true }),
    };

    private static IEnumerable<DivisionCode> Codes(IDivisionChange change) => change switch
    {
        DivisionEstablished c => [c.Code],
        DivisionRecoded c => [c.Code, c.Division.FirstCode],
        DivisionAbolished c => [c.Division.FirstCode],
        DivisionRenamed c => [c.Division.FirstCode],
        DivisionReparented c => [c.Division.FirstCode],
        DivisionsMerged c => c.Divisions.Select(d => d.FirstCode),
        _ => [],
    };

    [GeneratedRegex(@"^divisions-[a-z0-9-]{1,40}\.csv\.gz\z")]
    private static partial Regex ListName();
}
