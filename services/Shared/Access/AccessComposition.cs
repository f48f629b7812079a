using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LeftBehind.Access;

/// <summary>Puts the access table in front of a service.</summary>
public static class AccessComposition
{
    /// <summary>
    /// Tokens, the gRPC interceptor and the start-up check, in one line; nothing has to be added to the pipeline, since a web application
    /// authenticates by itself once a scheme is registered. Needs a <see cref="Divisions.DivisionTree"/> among the services.
    /// </summary>
    public static WebApplicationBuilder AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccess(builder.Configuration);
        return builder;
    }

    /// <inheritdoc cref="AddAccess(WebApplicationBuilder)"/>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<AuthSettings>().Bind(configuration.GetSection(AuthSettings.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthSettings>, AuthSettingsCheck>();

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenValidation>();

        services.AddSingleton<Gate>();
        services.AddSingleton<AccessInterceptor>();
        services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<AccessInterceptor>());
        services.AddTransient<IStartupFilter, MethodCoverageAtStartUp>();
        return services;
    }
}

internal sealed class AuthSettingsCheck : IValidateOptions<AuthSettings>
{
    public ValidateOptionsResult Validate(string? name, AuthSettings options) =>
        options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
