using LeftBehind.Assessment;
using LeftBehind.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddAssessment();
var app = builder.Build();
app.MapAssessment();
return await app.RunServiceAsync(args);
