using System.Globalization;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Contracts.Registry;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Matching;

namespace LeftBehind.Registry.Children;

/// <summary>
/// Why a child is in its category: the determination as it was recorded, and what it would be today where that differs. What is
/// in difficulty is health and aid, what the parents do is contact; to whom these are not shown, the rest is.
/// </summary>
public sealed class WhyEligible(EventStore store, TimeProvider clock)
{
    public async Task<Protos.Registry.V1.Determination> AnswerAsync(WhyEligibleRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.ChildId, out var id))
            throw new RpcException(new(StatusCode.InvalidArgument, "child_id: not a UUID"));
        var child = await Canonical.ReadAsync(store, id, context.CancellationToken);
        context.Require(child.Exists ? child.Facts.Residence : null);
        var answer = Answer(child, WorkCalendar.DayOf(clock.GetUtcNow()), Seen.By(context.GetCaller()));
        answer.Version = child.Version;
        return answer;
    }

    /// <summary>What was recorded, with today's beside it when that is another.</summary>
    internal static Protos.Registry.V1.Determination Answer(Child child, DateOnly today, Seen seen)
    {
        var now = Today(child, today, seen);
        if (child.Determined is not { } known)
            return now;
        var answer = Shown(child.Id, known.Category, known.Reason, known.Difficulties, known.RuleVersion, known.On, known.Inputs, known.Findings ?? [], seen);
        answer.ChangedBecause.Add(Words(known.Why & (seen.HealthAid ? ~CategoryReasons.None : ~OfDifficulty) & (seen.Contact ? ~CategoryReasons.None : ~OfParents)));
        if (child.Facts.State is FileState.Open && !SaysTheSame(answer, now))
            answer.Today = now;
        return answer;
    }

    private const CategoryReasons OfDifficulty = CategoryReasons.DifficultyFound | CategoryReasons.DifficultyEnded;

    private const CategoryReasons OfParents = CategoryReasons.ParentsLeft | CategoryReasons.ParentReturned | CategoryReasons.MovedWithParents
        | CategoryReasons.ParentLostCapacity | CategoryReasons.CarerCapacityRestored;

    /// <summary>What of an answer a caller reads.</summary>
    internal sealed record Seen(bool HealthAid, bool Contact)
    {
        public static readonly Seen All = new(true, true);

        public static Seen By(Caller caller) => new(caller.Reads(FieldGroup.HealthAid), caller.Reads(FieldGroup.Contact));

        public bool Shows(string condition) => (HealthAid || !Difficulty.Conditions.Contains(condition)) && (Contact || !Eligibility.OfParents.Contains(condition));
    }

    private static Protos.Registry.V1.Determination Today(Child child, DateOnly today, Seen seen)
    {
        var now = DetermineCategory.Of(child, today);
        return Shown(child.Id, now.Category, now.Reason, now.Difficulties, Eligibility.RuleVersion, today, Inputs.Of(child, today), now.Findings, seen);
    }

    private static bool SaysTheSame(Protos.Registry.V1.Determination one, Protos.Registry.V1.Determination other) =>
        one.Category == other.Category && one.Reason == other.Reason && one.RuleVersion == other.RuleVersion && one.Inputs.Equals(other.Inputs)
        && one.Difficulties.Equals(other.Difficulties) && one.Findings.Equals(other.Findings);

    private static Protos.Registry.V1.Determination Shown(
        Guid child, ChildCategory category, LeftBehindReason? reason, Difficulties difficulties, string version, DateOnly on, Inputs? inputs,
        IEnumerable<Finding> findings, Seen seen) => new()
        {
            ChildId = child.ToString(), Category = (seen.HealthAid ? category : WithoutDifficulty(category)).ToString(), Reason = seen.Contact ? reason?.ToString() ?? "" : "",
            RuleVersion = version, DeterminedOn = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Inputs = Shown(inputs, seen),
            Difficulties = { seen.HealthAid ? Words<Difficulties>(difficulties) : [] },
            Findings =
            {
                from f in findings
                where seen.Shows(f.Condition)
                select new Protos.Registry.V1.Finding
                    { Condition = f.Condition, Found = f.Found switch { true => "yes", false => "no", null => "unknown" }, Basis = f.Basis, Source = f.Source ?? "" },
            },
        };

    private static Protos.Registry.V1.Inputs Shown(Inputs? inputs, Seen seen)
    {
        var shown = new Protos.Registry.V1.Inputs
        {
            BirthDate = inputs?.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Residency = inputs?.Residency.ToString() ?? "",
            Father = seen.Contact ? inputs?.Father.ToString() ?? "" : "", Mother = seen.Contact ? inputs?.Mother.ToString() ?? "" : "",
        };
        if (seen.HealthAid && inputs is not null)
        {
            (shown.Guardian, shown.Disability, shown.Illness) = (inputs.Guardian?.ToString() ?? "", inputs.Disability?.ToString() ?? "", inputs.Illness?.ToString() ?? "");
            shown.Aid.Add(Words(inputs.Aid));
        }
        return shown;
    }

    private static ChildCategory WithoutDifficulty(ChildCategory category) => category switch
    {
        ChildCategory.LeftBehindInDifficulty => ChildCategory.LeftBehind,
        ChildCategory.UndeterminedInDifficulty => ChildCategory.Undetermined,
        ChildCategory.InDifficulty => ChildCategory.None,
        _ => category,
    };

    private static IEnumerable<string> Words<T>(T? flags) where T : struct, Enum =>
        flags is { } set ? Enum.GetValues<T>().Where(f => Convert.ToInt32(f, CultureInfo.InvariantCulture) != 0 && set.HasFlag(f)).Select(f => f.ToString()) : [];
}
