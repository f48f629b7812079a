// The events of this service; the contracts' facts of the same names are written with their namespace.
global using HarmReported = LeftBehind.Reporting.Reports.HarmReported;
global using ReportLinked = LeftBehind.Reporting.Reports.ReportLinked;
global using ResponseClosed = LeftBehind.Reporting.Responses.ResponseClosed;
global using ResponseOpened = LeftBehind.Reporting.Responses.ResponseOpened;
global using TownNotified = LeftBehind.Reporting.Responses.TownNotified;
