using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace LeftBehind.SetTime.Tests;

/// <summary>A clock that a file sets is for development, and stands still.</summary>
public sealed class FileClockTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void It_stands_where_the_file_says_until_another_takes_its_place()
    {
        File.WriteAllText(file, "2026-03-02T08:00:00.0000000+08:00");
        var clock = ClockIn("Development", file);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Equal(clock.GetUtcNow(), clock.GetUtcNow());
        File.WriteAllText(file, "2026-06-15T10:00:00+08:00");
        Assert.Equal((new DateTime(2026, 6, 15, 2, 0, 0), TimeSpan.Zero), (clock.GetUtcNow().DateTime, clock.GetUtcNow().Offset));
    }

    [Fact]
    public void Outside_of_development_it_is_refused_and_without_a_file_the_clock_is_the_systems()
    {
        Assert.Throws<InvalidOperationException>(() => ClockIn("Production", file));
        Assert.Same(TimeProvider.System, ClockIn("Production", null));
        Assert.Same(TimeProvider.System, ClockIn("Development", ""));
    }

    [Fact]
    public async Task What_comes_again_after_long_comes_again_within_a_second()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), ClockIn("Development", file));
        Assert.True(await hourly.WaitForNextTickAsync(limit.Token));
    }

    public void Dispose() => File.Delete(file);

    private static TimeProvider ClockIn(string environment, string? file) => FileClock.Of(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [FileClock.Setting] = file }).Build(), new Environment(environment));

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "service";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
