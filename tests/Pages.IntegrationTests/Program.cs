using LeftBehind.Pages.IntegrationTests.Running;
using LeftBehind.ServiceDefaults;

if (args is not ["teller"])
    return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
var app = Teller.Build(settings: null);
return await app.RunServiceAsync([]);
