using LeftBehind.Contracts.Registry;
using LeftBehind.EventLog;
using LeftBehind.Registry.Children;

namespace LeftBehind.Registry.Care;

/// <summary>The outcome of a screening (未成年人保护法 §22): passed, or what bars the carer, who then does not care any more.</summary>
public sealed record ScreenCarer(CarerBar? Bar, string By)
{
    public static IEnumerable<ICareEvent> Decide(ScreenCarer command, EntrustedCare care, Child child)
    {
        Require.Open(child);
        // The carer that was barred is still the one told last.
        if (care.Lasts && command.Bar is not null && command.Bar == care.Bar)
            return [];
        Require.Running(care, child);
        if (command.Bar is { } bar)
            return care.Facts.Screened
                ? throw new RejectedException("the carer has passed the screening; what is found later is found unfit")
                : [new CarerScreened(child.Id, bar, command.By, Facts.Without(care, Entrustment.Unfit))];
        return care.Facts.Screened ? [] : [new CarerScreened(child.Id, null, command.By, care.Facts with { Screened = true })];
    }
}

/// <summary>A carer who cares was found unfit; it ends the care.</summary>
public sealed record FindCarerUnfit(CarerBar Ground, string By)
{
    public static IEnumerable<ICareEvent> Decide(FindCarerUnfit command, EntrustedCare care, Child child)
    {
        Require.Open(child);
        if (care is { Lasts: false, Facts.Entrusted: Entrustment.Unfit } && care.Bar == command.Ground)
            return [];
        Require.Running(care, child);
        return [new CarerFoundUnfit(child.Id, command.Ground, command.By, Facts.Without(care, Entrustment.Unfit))];
    }
}
