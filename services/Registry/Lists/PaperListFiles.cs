using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Access;
using LeftBehind.Calls;
using LeftBehind.Json;
using LeftBehind.OpenApi;
using LeftBehind.Protos.Registry.V1;
using Microsoft.Net.Http.Headers;

namespace LeftBehind.Registry.Lists;

/// <summary>The same as plain files over HTTP, for whoever sends one with a browser or curl; guarded by the rows of the rpcs.</summary>
public static class PaperListFiles
{
    private const string Import = "leftbehind.registry.v1.PaperLists/ImportPaperList", Export = "leftbehind.registry.v1.PaperLists/ExportChildren";

    private static readonly string[] Types = [ListFiles.CsvType, ListFiles.WorkbookType];

    public static void MapPaperListFiles(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/paper-lists:import", (RequestDelegate)ImportAsync).RequireAccess(Import).WithMetadata(new FileCall(Import, HttpMethod.Post, Types,
            new Dictionary<string, string> { ["division"] = "division_code", ["importId"] = "import_id", ["dryRun"] = "dry_run" }, ImportPaperListRequest.Descriptor, ImportReport.Descriptor));
        app.MapGet("/v1/divisions/{division}/children:export", (RequestDelegate)ExportAsync).RequireAccess(Export).WithMetadata(new FileCall(Export, HttpMethod.Get, Types,
            new Dictionary<string, string> { ["division"] = "division_code", ["format"] = "format", ["purpose"] = "purpose", ["withIdentities"] = "with_identities" }, ExportChildrenRequest.Descriptor, null));
    }

    private static async Task ImportAsync(HttpContext http)
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var told) ? told.MediaType.Value : null;
        var format = type switch { ListFiles.CsvType => ListFormat.Csv, ListFiles.WorkbookType => ListFormat.Xlsx, _ => ListFormat.Unspecified };
        if (format is ListFormat.Unspecified)
        {
            await Problems.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, $"Content-Type must be {ListFiles.CsvType} or {ListFiles.WorkbookType}.", Problems.Word(StatusCode.InvalidArgument));
            return;
        }
        using var content = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problems.WriteAsync(http, e.StatusCode, "A list has at most 1 MB.", Problems.Word(StatusCode.ResourceExhausted));
            return;
        }
        var request = new ImportPaperListRequest
        {
            DivisionCode = Query(http, "division"), ImportId = Query(http, "importId"), DryRun = Truth(http, "dryRun"), Format = format,
            Content = ByteString.CopyFrom(content.GetBuffer().AsSpan(0, (int)content.Length)),
        };
        var report = await http.RequestServices.GetRequiredService<ImportPaperLists>().AnswerAsync(request, http.GetAdmission(), http.RequestAborted);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(new JsonFormatter(JsonFormatter.Settings.Default.WithFormatDefaultValues(true)).Format(report), http.RequestAborted);
    }

    private static async Task ExportAsync(HttpContext http)
    {
        var format = Query(http, "format") switch { "csv" => ListFormat.Csv, "xlsx" => ListFormat.Xlsx, _ => throw Requests.Invalid("format: csv or xlsx is required") };
        var request = new ExportChildrenRequest
        {
            DivisionCode = http.GetRouteValue("division")?.ToString() ?? "", Format = format, Purpose = Query(http, "purpose"), WithIdentities = Truth(http, "withIdentities"),
        };
        var file = http.RequestServices.GetRequiredService<ExportChildren>().Begin(request, http.GetAdmission(), http.RequestAborted);
        http.Response.ContentType = ListFiles.TypeOf(format);
        http.Response.Headers.ContentDisposition = $"attachment; filename=children-{http.GetRouteValue("division")}{ListFiles.Ending(format)}";
        http.Response.Headers.CacheControl = "no-store";
        await foreach (var bytes in file)
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static string Query(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) ? values is [{ } one] ? one : throw Requests.Invalid($"{name}: told twice") : "";

    private static bool Truth(HttpContext http, string name) => Query(http, name) switch
    {
        "" or "false" => false,
        "true" => true,
        _ => throw Requests.Invalid($"{name}: true or false"),
    };
}
