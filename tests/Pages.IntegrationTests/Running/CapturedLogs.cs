using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>What a service logged, level and message.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message)> lines = [];

    public IEnumerable<string> At(LogLevel level) => lines.Where(l => l.Level == level).Select(l => l.Message);

    public ILogger CreateLogger(string categoryName) => new Capture(lines);

    public void Dispose()
    {
    }

    private sealed class Capture(ConcurrentQueue<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, formatter(state, exception)));
    }
}

internal static class Quiet
{
    /// <summary>Nothing on the console of the tests; everything into the given logs.</summary>
    public static void Quietly(this ILoggingBuilder logging, ILoggerProvider? logs)
    {
        // MassTransit keeps the logger factory of the first host of a process, which is disposed by now.
        LogContext.Current = null;
        logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.None);
        if (logs is not null)
            logging.AddProvider(logs);
    }
}
