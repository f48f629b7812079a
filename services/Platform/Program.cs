using LeftBehind.Platform;
using LeftBehind.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
var app = builder.Build();
app.MapPlatform();
return await app.RunServiceAsync(args);
