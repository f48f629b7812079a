using LeftBehind.Registry;
using LeftBehind.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddRegistry();
var app = builder.Build();
app.MapRegistry();
return await app.RunServiceAsync(args);
