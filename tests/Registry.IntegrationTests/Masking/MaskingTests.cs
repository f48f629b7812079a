using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using Parent = LeftBehind.Protos.Registry.V1.Parent;

namespace LeftBehind.Registry.IntegrationTests.Masking;

/// <summary>Who may see what, field by field: an answer lacks every field of a group that its caller does not read.</summary>
public sealed class MaskingTests(RegistryServers servers)
{
    private static readonly string[] Divisions = [Places.County, Places.Matian[..9], Places.Matian];

    private readonly RunningRegistry registry = servers.Registry;
    private readonly Feed feed = servers.Partner();

    [Fact]
    public void Every_field_of_every_answer_is_named_with_its_group() => Assert.Equal(
        AnswerFields.Methods.SelectMany(m => AnswerFields.Of(m.OutputType)).Select(AnswerFields.NameOf).Distinct().Order(StringComparer.Ordinal),
        AnswerFields.All.Order(StringComparer.Ordinal));

    [Fact]
    public async Task An_answer_lacks_every_field_of_a_group_that_its_caller_does_not_read()
    {
        var child = await ChildAsync();
        var (shown, wrong, withheld) = (new HashSet<string>(), new List<string>(), new HashSet<string>());
        // Whoever acts on a group reads it in full, and is answered as by a read.
        foreach (var method in AnswerFields.Methods.Where(m => RowOf(m).Way is Way.Read && AnswerFields.Of(m.OutputType).Any(f => AnswerFields.GroupOf(f) is not null)))
            foreach (var caller in Callers(RowOf(method)))
            {
                var answer = await AskAsync(method, child, caller);
                foreach (var field in Filled(answer).ToHashSet())
                {
                    var (name, group) = (AnswerFields.NameOf(field), AnswerFields.GroupOf(field));
                    if (group is { } g && !caller.Reads(g))
                        wrong.Add($"{method.Name} shows {name} to {caller.Department} of {caller.Level}");
                    else if (group is not null)
                        shown.Add(name);
                }
                if (!caller.Reads(FieldGroup.HealthAid))
                    withheld.Add($"{method.Name} {FieldGroup.HealthAid}");
                if (!caller.Reads(FieldGroup.HealthAid) && Words(answer).Any(w => w.Contains("Difficulty", StringComparison.Ordinal) || Difficulty.Conditions.Contains(w)))
                    wrong.Add($"{method.Name} tells {caller.Department} of {caller.Level} of health or aid");
                if (!caller.Reads(FieldGroup.Contact) && Words(answer).Any(w => w.Contains("arent", StringComparison.Ordinal) || w.Contains("ather", StringComparison.Ordinal)))
                    wrong.Add($"{method.Name} tells {caller.Department} of {caller.Level} of the parents");
            }
        Assert.Empty(wrong);
        // Whoever reads a group is shown it, and somebody was there who does not.
        Assert.Equal(AnswerFields.Methods.SelectMany(m => AnswerFields.Of(m.OutputType)).Where(f => AnswerFields.GroupOf(f) is not null).Select(AnswerFields.NameOf).ToHashSet(), shown);
        Assert.NotEmpty(withheld);
    }

    private static MethodRow RowOf(MethodDescriptor method) => MethodTable.Find($"{method.Service.FullName}/{method.Name}")!;

    private async Task<string> ChildAsync()
    {
        var child = await PushedAsync();
        await registry.Care.EntrustCareAsync(new()
        {
            ChildId = child, Carer = new() { Name = "何秀英", IdNumber = "11010519491231002X", Phone = "13800002222" }, Relation = CarerRelation.Grandparent, From = "2026-03-01",
            Reason = EntrustReason.WorkAway, ChildHeard = ChildOpinion.Agrees,
        }, registry.AsOfficer());
        await registry.Visits.RecordVisitAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), VisitedAt = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O"),
            Children = { new VisitedChild { ChildId = child, Findings = { VisitFinding.MoodStable }, Note = "想念外出的家人" } },
        }, registry.AsOfficer(Places.Matian));
        return child;
    }

    private async Task<string> PushedAsync() => (await feed.TakeAsync(feed.Household("h1"), feed.Member("h1", "c1", number: IdNumber.Female(Feed.Born), phone: "13800001111"),
        feed.Parent("c1", Parent.Father), feed.Parent("c1", Parent.Mother), feed.Carer("c1"), feed.Disability("c1", 1), feed.Illness("c1"),
        feed.Granted("c1", AidKind.MinimumLiving), feed.Guardian("c1", GuardianKind.GuardianGrandparents)))[1];

    /// <summary>By which request a method is asked about a child; one that answers fields of a group is named here.</summary>
    private static IMessage RequestOf(MethodDescriptor method, string child) => method.Name switch
    {
        "RevealIdentities" => new RevealIdentitiesRequest { ChildIds = { child }, Purpose = "核对身份" },
        "WhyEligible" => new WhyEligibleRequest { ChildId = child },
        "GetCare" => new GetCareRequest { ChildId = child, Purpose = "核对身份" },
        "GetVisits" => new GetVisitsRequest { ChildId = child, Purpose = "核对身份" },
        _ => throw new NotSupportedException($"{method.Name} answers fields of a group: say by which request it is asked."),
    };

    /// <summary>Every officer of every department and level whom the method lets in.</summary>
    private static IEnumerable<Caller> Callers(MethodRow row) =>
        from department in Enum.GetValues<Department>()
        where department is not (Department.Partner or Department.Platform)
        from code in Divisions
        let division = Places.Tree.Resolve(DivisionCode.Parse(code), Places.Tree.Edition)!.Value
        let caller = new Caller("user-7", department, Role.Officer, division, Places.Tree)
        where row.Admits(caller)
        select caller;

    private async Task<IMessage> AskAsync(MethodDescriptor method, string child, Caller caller)
    {
        var bytes = Marshallers.Create(b => b, b => b);
        var call = new Method<byte[], byte[]>(MethodType.Unary, method.Service.FullName, method.Name, bytes, bytes);
        var token = registry.Token(caller.Department, caller.Role, Places.Tree.Code(caller.Division).ToString());
        var options = new CallOptions([new("authorization", "Bearer " + token)], cancellationToken: TestContext.Current.CancellationToken);
        return method.OutputType.Parser.ParseFrom(await registry.Invoker.AsyncUnaryCall(call, null, options, RequestOf(method, child).ToByteArray()));
    }

    /// <summary>The fields of an answer, and of all that it holds, in which anything stands.</summary>
    private static IEnumerable<FieldDescriptor> Filled(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            var inner = value switch { IMessage one => [one], IEnumerable many and not string => many.OfType<IMessage>(), _ => [] };
            if (value is not (null or "" or false or 0 or 0L or ICollection { Count: 0 }) && !(value is Enum word && Convert.ToInt32(word, null) == 0))
                yield return field;
            foreach (var below in inner.SelectMany(Filled))
                yield return below;
        }
    }

    private static IEnumerable<string> Words(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
            switch (field.Accessor.GetValue(message))
            {
                case string text: yield return text; break;
                case IMessage one:
                    foreach (var word in Words(one))
                        yield return word;
                    break;
                case IEnumerable many:
                    foreach (var word in many.OfType<string>().Concat(many.OfType<IMessage>().SelectMany(Words)))
                        yield return word;
                    break;
            }
    }
}
