using Xunit;

namespace LeftBehind.EndToEndTests.Pushing;

/// <summary>A county that was pushed and counted, for tests that only read.</summary>
public sealed class CountedCounty(SharedInstallation shared) : IAsyncLifetime
{
    internal PushedCounty Pushed { get; private set; } = null!;

    public string Code => Pushed.Code;

    public async ValueTask InitializeAsync() => Pushed = await shared.CountedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
