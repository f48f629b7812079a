using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Hotline;

/// <summary>An appeal as it is answered: never an account, and sealed texts only where somebody opens them.</summary>
public sealed class AppealAnswer(DivisionTree tree)
{
    public V1.Appeal Of(Appeal appeal, Func<Sealed, string>? open = null)
    {
        var received = appeal.Received!;
        return new()
        {
            AppealId = appeal.Id.ToString(), ReceivedAt = Requests.Written(received.At), State = Word<V1.AppealState>(appeal.State),
            Class = appeal.Class is { } @class ? Word<V1.AppealClass>(@class) : V1.AppealClass.Unspecified, Channel = Word<V1.AppealChannel>(received.Channel),
            ImmediateDanger = received.Danger, DivisionCode = appeal.Place is { } place ? Code(place) : "", HolderDivisionCode = Code(appeal.Holder),
            ChildId = appeal.Child?.ToString() ?? "", ReportId = appeal.Report?.ToString() ?? "", JoinedAppealId = appeal.JoinedAppeal?.ToString() ?? "",
            UpdateAppealIds = { appeal.Updates.Select(u => u.ToString()) }, ClosedAt = Requests.Written(appeal.ClosedAt), CallerCanBeCalled = received.CanBeCalled, Version = appeal.Version,
            Hops =
            {
                from h in appeal.Hops
                select new V1.AppealHop
                {
                    FromDivisionCode = Code(h.Transfer.From), ToDivisionCode = Code(h.Transfer.To), At = Requests.Written(h.Transfer.At), TakenUpAt = Requests.Written(h.TakenUpAt),
                    Reason = open?.Invoke(h.Transfer.Reason) ?? "",
                },
            },
            Assignment = appeal.Assigned is { } a
                ? new() { Department = Word<OwnerDepartment>(a.Department), DivisionCode = Code(a.Division), Account = a.Account ?? "", At = Requests.Written(a.At) }
                : null,
            Help = { appeal.Help.Select(h => new V1.HelpGiven { Help = Word<V1.HotlineHelp>(h.Help), At = Requests.Written(h.At), Note = open?.Invoke(h.Note) ?? "" }) },
            Answers = { appeal.Answers.Select(r => new V1.AppealReply { At = Requests.Written(r.At), Words = open?.Invoke(r.Words) ?? "" }) },
            FollowUps = { appeal.FollowUps.Select(f => new V1.FollowUp { Outcome = Word<V1.FollowUpOutcome>(f.Outcome), At = Requests.Written(f.At), Note = open?.Invoke(f.Note) ?? "" }) },
            AnswerDueOn = appeal.AnswerDueOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        };
    }

    private string Code(DivisionId division) => tree.Code(division).ToString();

    private static T Word<T>(Enum word) where T : struct, Enum => Enum.Parse<T>(word.ToString());
}
