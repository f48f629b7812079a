using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace LeftBehind.ServiceDefaults;

/// <summary>
/// Log lines as JSON. Of an exception it writes type and stack, never the message: parsers and drivers repeat in it what they
/// read, and that may be a child's name.
/// </summary>
internal sealed class RedactingFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "redacting-json";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new
        {
            at = DateTimeOffset.UtcNow,
            level = logEntry.LogLevel.ToString(),
            category = logEntry.Category,
            message = logEntry.Formatter(logEntry.State, null),
            error = ExceptionRedaction.Told(logEntry.Exception),
            trace = System.Diagnostics.Activity.Current?.TraceId.ToString(),
        };
        textWriter.WriteLine(JsonSerializer.Serialize(line));
    }
}

/// <summary>The same for logs sent by OTLP: the exception's type and stack become attributes, the exception itself stays here.</summary>
internal sealed class ExceptionRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is null)
            return;
        data.Attributes = [.. data.Attributes ?? [], new("exception.type", data.Exception.GetType().FullName), new("exception.stacktrace", data.Exception.StackTrace)];
        data.Exception = null;
    }

    /// <summary>Types and stacks of an exception and those inside it.</summary>
    public static string? Told(Exception? exception) =>
        exception is null ? null : $"{exception.GetType().FullName}\n{exception.StackTrace}" + (exception.InnerException is { } inner ? "\n---\n" + Told(inner) : "");
}
