using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace LeftBehind.Json;

/// <summary>What HTTP says where gRPC says a status: one mapping for calls as JSON, the HTTP ways in, and faults.</summary>
public static partial class Problems
{
    /// <summary>The media type of every answer that is not good (RFC 9457).</summary>
    public const string MediaType = "application/problem+json";

    private const string RetryAfterSeconds = "5";

    /// <summary>The HTTP status of a gRPC status. What the state of things forbids is a conflict, whoever may have been faster.</summary>
    public static int HttpStatus(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.FailedPrecondition or StatusCode.Aborted or StatusCode.AlreadyExists => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The status as gRPC's documents write it, such as NOT_FOUND.</summary>
    public static string Word(StatusCode code) => InnerCapital().Replace(code.ToString(), "_$0").ToUpperInvariant();

    /// <summary>Answers with a gRPC status; of an argument with the field at fault, where the text begins with one of the request's.</summary>
    public static Task WriteAsync(HttpContext http, Status status, MessageDescriptor? request = null)
    {
        if (status.StatusCode is StatusCode.Unauthenticated)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (status.StatusCode is StatusCode.Unavailable)
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
        var field = status.StatusCode is StatusCode.InvalidArgument && request is not null ? FieldOf(status.Detail, request) : null;
        return WriteAsync(http, HttpStatus(status.StatusCode), status.Detail, Word(status.StatusCode), field);
    }

    /// <summary>Answers with an HTTP status.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">Why, without a word of what was sent.</param>
    /// <param name="code">The gRPC status, since two may share one of HTTP.</param>
    /// <param name="field">The field at fault, as JSON names it.</param>
    public static Task WriteAsync(HttpContext http, int status, string detail, string code, string? field = null)
    {
        var more = new Dictionary<string, object?> { ["code"] = code };
        if (field is not null)
            more["field"] = field;
        return Results.Problem(detail, statusCode: status, extensions: more).ExecuteAsync(http);
    }

    private static string? FieldOf(string detail, MessageDescriptor request) =>
        FirstWord().Match(detail) is { Success: true } word ? request.FindFieldByName(word.Value)?.JsonName : null;

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();

    [GeneratedRegex("^[a-z][a-z0-9_]*(?=[:.\\[])")]
    private static partial Regex FirstWord();
}
