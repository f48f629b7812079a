using LeftBehind.Protos.Registry.V1;

namespace LeftBehind.Population.World;

/// <summary>Draws what the two parents of a family do.</summary>
internal sealed class Parents(Dice dice, Villages villages)
{
    private static readonly ParentState[] Incapacities =
        [ParentState.Deceased, ParentState.Missing, ParentState.Imprisoned, ParentState.Incapable, ParentState.NoContact];
    private static readonly Parental AtHome = new(ParentState.AtHome, 0);
    private static Parental Untold => default;

    /// <summary>Both out, or one out and the other without capacity: a rural child under 16 is left behind.</summary>
    public (Parental Father, Parental Mother) LeavingBehind() =>
        dice.PerMille(800) ? (Out(), Out()) : EitherWay(Out(), Incapacitated());

    /// <summary>Anything that leaves no child behind, wherever it lives.</summary>
    public (Parental Father, Parental Mother) Caring() => dice.Below(100) switch
    {
        < 52 => (AtHome, AtHome),
        < 82 => EitherWay(Out(), AtHome),
        < 86 => (JustOut(), JustOut()),
        < 90 => EitherWay(Out(), JustOut()),
        < 92 => EitherWay(JustOut(), Incapacitated()),
        < 94 => EitherWay(Out(), Untold),
        < 98 => EitherWay(AtHome, Incapacitated()),
        < 99 => (Untold, Untold),
        _ => (Incapacitated(), Incapacitated()),
    };

    /// <summary>Families whose children cannot be left behind, being urban or older: any of the two.</summary>
    public (Parental Father, Parental Mother) Any() => dice.PerMille(250) ? LeavingBehind() : Caring();

    /// <summary>Away for long enough to count; some for 30 days to the day.</summary>
    public Parental Out() => new(ParentState.OutForWork, dice.PerMille(15) ? 30 : dice.Between(30, 2000), WorkCode());

    /// <summary>Away for fewer than 30 days, which changes nothing.</summary>
    public Parental JustOut() => new(ParentState.OutForWork, dice.PerMille(100) ? 29 : dice.Between(3, 29), WorkCode());

    private Parental Incapacitated() => new(dice.Pick(Incapacities), dice.Between(60, 3000));

    private string WorkCode() => dice.PerMille(700) ? dice.Pick(villages.WorkCodes) : "";

    private (Parental, Parental) EitherWay(Parental one, Parental other) => dice.PerMille(650) ? (one, other) : (other, one);
}
