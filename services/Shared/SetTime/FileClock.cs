using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.SetTime;

/// <summary>
/// A clock that stands still where a file says, for tests that carry one story through services which run as processes of their own. Only the time of day is
/// set: what waits or comes again after a while does so in the system's time, and within a second, so that a story whose clock was moved on need not wait a
/// minute for the next sweep.
/// </summary>
/// <param name="file">Holds one moment, ISO 8601 with its offset; whoever moves time on puts another file in its place.</param>
public sealed class FileClock(string file) : TimeProvider
{
    /// <summary>The setting that names the file.</summary>
    public const string Setting = "Clock:File";

    /// <summary>The clock of a service: the system's, unless a file is set, which is for development alone.</summary>
    /// <exception cref="InvalidOperationException">A file is set, and the environment is not Development.</exception>
    public static TimeProvider Of(IConfiguration configuration, IHostEnvironment environment) => configuration[Setting] switch
    {
        null or "" => System,
        _ when !environment.IsDevelopment() => throw new InvalidOperationException($"{Setting} is for development; this is {environment.EnvironmentName}."),
        var file => new FileClock(file),
    };

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime < Longest ? dueTime : Longest, period < Longest ? period : Longest);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture).ToUniversalTime();
}

/// <summary>Which clock a service is given.</summary>
public static class Clocks
{
    /// <summary>The clock that is given already or the system's; one that is set by a file takes the place of either.</summary>
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        if (FileClock.Of(builder.Configuration, builder.Environment) is FileClock set)
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(set));
        else
            builder.Services.TryAddSingleton(TimeProvider.System);
    }
}
