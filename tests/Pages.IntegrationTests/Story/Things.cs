using LeftBehind.Contracts;

namespace LeftBehind.Pages.IntegrationTests.Story;

/// <summary>Told as one fact.</summary>
[StoredName("thing_counted")]
public sealed record ThingCounted(int N, string? Text = null);

/// <summary>Told as two facts, about the thing and about its part.</summary>
[StoredName("thing_split")]
public sealed record ThingSplit(int N, Guid Part);

/// <summary>Stays in the house; told from the second version of the relay on.</summary>
[StoredName("thing_hidden")]
public sealed record ThingHidden(int N);

/// <summary>The relay has no words for it, and says so with its content.</summary>
[StoredName("thing_unspeakable")]
public sealed record ThingUnspeakable(string Text);
