using LeftBehind.GuardianshipIntervention;
using LeftBehind.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddGuardianshipIntervention();
var app = builder.Build();
app.MapGuardianshipIntervention();
return await app.RunServiceAsync(args);
