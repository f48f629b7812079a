using LeftBehind.Access;
using LeftBehind.Protos.Obligations.V1;
using LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.EndToEndTests.Matrix;

/// <summary>An appeal to 12355 in a county, and for each method a request that comes as far as its rules and changes nothing.</summary>
internal static class HotlineRequests
{
    private const string At = "2026-03-01T08:00:00+08:00", Before = "2026-02-01T08:00:00+08:00";

    /// <summary>Received and classified: version 4.</summary>
    public static async Task<string> ReceivedAsync(RunningInstallation running, string county)
    {
        var (line, league) = (new HotlineAppeals.HotlineAppealsClient(running.Channel("Reporting")), running.As(Department.YouthLeague, Role.Officer, county));
        await line.SetOperatorAsync(Open(county), league);
        var appeal = (await line.ReceiveAppealAsync(new()
        {
            RequestId = Guid.NewGuid().ToString(), Channel = AppealChannel.Phone, Words = "想转学", CallerName = "何某", CallerPhone = "13900001111", ReceivedAt = At,
        }, league)).AppealId;
        await line.ClassifyAppealAsync(new() { AppealId = appeal, Class = AppealClass.Appeal, At = At, ExpectedVersion = 2 }, league);
        return appeal;
    }

    /// <summary>Whoever may act is refused for the time, which lies before the call.</summary>
    public static ScopedRequest? Of(string method, string county, string appeal) => method switch
    {
        "ClassifyAppeal" => new(county, new ClassifyAppealRequest { AppealId = appeal, Class = AppealClass.Spam, At = Before, ExpectedVersion = 4 }),
        "AssignAppeal" => new(county, new AssignAppealRequest { AppealId = appeal, Department = OwnerDepartment.Health, At = Before, ExpectedVersion = 4 }),
        "TransferAppeal" => new(county, new TransferAppealRequest { AppealId = appeal, ToDivisionCode = "430102", Reason = "转接", At = Before, ExpectedVersion = 4 }),
        "BeginAppeal" or "CloseAppeal" => new(county, new AppealActRequest { AppealId = appeal, At = Before, ExpectedVersion = 4 }),
        "RecordHelp" => new(county, new RecordHelpRequest { AppealId = appeal, Help = HotlineHelp.FamilyGuidance, At = Before, ExpectedVersion = 4 }),
        "AnswerAppeal" => new(county, new AnswerAppealRequest { AppealId = appeal, Words = "答复", At = Before, ExpectedVersion = 4 }),
        "FollowUpAppeal" => new(county, new FollowUpAppealRequest { AppealId = appeal, Outcome = FollowUpOutcome.Settled, At = Before, ExpectedVersion = 4 }),
        "GetAppeal" => new(county, new GetAppealRequest { AppealId = appeal, Purpose = "核实情况" }),
        "ListAppeals" => new(county, new ListAppealsRequest { DivisionCode = county }),
        "WatchAppeals" => new(county, new WatchAppealsRequest { DivisionCode = county }),
        // As it is already.
        "SetOperator" => new(county, Open(county)),
        "ListOperators" => new(county, new ListOperatorsRequest { DivisionCode = county }),
        "ReceiveAppeal" => new(county, new ReceiveAppealRequest { RequestId = Guid.NewGuid().ToString(), Channel = AppealChannel.Online, DivisionCode = county }),
        _ => null,
    };

    private static SetOperatorRequest Open(string county) => new() { DivisionCode = county, Name = "12355平台", Open = true };
}
