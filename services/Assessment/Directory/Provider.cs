using LeftBehind.Contracts;
using LeftBehind.Contracts.Assessment;
using LeftBehind.EventLog;

namespace LeftBehind.Assessment.Directory;

/// <summary>An organisation gives services to the children of a division and below.</summary>
/// <param name="Name">Of the organisation, never of a person.</param>
[StoredName("provider_listed")]
public sealed record ProviderListed(DivisionId Division, string Name, IReadOnlyList<AssistanceService> Kinds, DateTimeOffset At, string By, Asked Asked);

/// <summary>It is arranged with no more; what it was arranged for stays.</summary>
[StoredName("provider_retired")]
public sealed record ProviderRetired(DateTimeOffset At, string By);

/// <summary>An entry of the service directory (服务目录).</summary>
public sealed record Provider(Guid Id) : IFolded<Provider>
{
    public static string StreamType => "provider";

    public static Provider New(Guid id) => new(id);

    public ProviderListed? Listed { get; init; }
    public bool IsRetired { get; init; }

    public Provider After(object @event) => @event switch
    {
        ProviderListed e => this with { Listed = e },
        ProviderRetired => this with { IsRetired = true },
        _ => this,
    };
}

/// <summary>Lists a provider; the same request again lists no second.</summary>
public static class ListProvider
{
    public static IEnumerable<ProviderListed> Decide(ProviderListed asked, Provider provider) => provider.Listed is not { } before ? [asked]
        : before.Asked == asked.Asked ? [] : throw new RejectedException("The request_id was used for another content.");
}

/// <summary>Retires a provider; one that was is answered as it is.</summary>
public static class RetireProvider
{
    public static IEnumerable<ProviderRetired> Decide(ProviderRetired asked, Provider provider) =>
        provider.Listed is null ? throw new RejectedException("There is no such provider.") : provider.IsRetired ? [] : [asked];
}
