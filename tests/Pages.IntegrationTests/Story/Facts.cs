using LeftBehind.Contracts;

namespace LeftBehind.Pages.IntegrationTests.Story.Told;

[StoredName("thing_noted")]
public sealed record ThingNoted(int N, string? Text = null);

[StoredName("thing_revealed")]
public sealed record ThingRevealed(int N);
