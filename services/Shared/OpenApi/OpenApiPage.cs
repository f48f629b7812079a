using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace LeftBehind.OpenApi;

/// <summary>What a service answers over HTTP, told to programs at /openapi/v1.json and to people at /scalar.</summary>
public static class OpenApiPage
{
    private const string Name = "v1";
    private const string Policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>The document of a service.</summary>
    public static IServiceCollection AddOpenApiPage(this IServiceCollection services, string service) =>
        services.AddOpenApi(Name, document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            document.AddDocumentTransformer(new ServiceDocument(service));
        });

    /// <summary>
    /// Both are open to anybody: they tell of the service and of nobody. The page comes from the service itself and asks nothing
    /// of another host; <c>OpenApi:Page=false</c> takes it away.
    /// </summary>
    public static void MapOpenApiPage(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        if (app.Configuration.GetValue("OpenApi:Page", true))
            app.MapScalarApiReference(page =>
            {
                page.DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
                page.Title = "LeftBehind";
            }).AllowAnonymous().Add(FromHereAlone);
    }

    /// <summary>The page is written into the answer, scripts and styles too; a browser that shows it speaks to this service and to nobody else.</summary>
    private static void FromHereAlone(EndpointBuilder page)
    {
        var answer = page.RequestDelegate ?? throw new InvalidOperationException("The page has no handler.");
        page.RequestDelegate = http =>
        {
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return answer(http);
        };
    }
}
