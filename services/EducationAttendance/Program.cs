using LeftBehind.EducationAttendance;
using LeftBehind.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddEducation();
var app = builder.Build();
app.MapEducation();
return await app.RunServiceAsync(args);
