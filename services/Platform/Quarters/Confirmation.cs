using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.EventLog;

namespace LeftBehind.Platform.Quarters;

/// <summary>The departments that confirm their part of a county's quarter. The numbers are the protocol's.</summary>
public enum ConfirmingDepartment { Education = 1, Police }

/// <param name="Quarter">As stored, year and number.</param>
/// <param name="County">Whose quarter it is.</param>
/// <param name="Department">Who confirmed.</param>
[StoredName("quarter_confirmed")]
public sealed record QuarterConfirmed(int Quarter, DivisionId County, ConfirmingDepartment Department);

/// <summary>A town was given back: what was confirmed of its county is confirmed no longer.</summary>
[StoredName("quarter_confirmation_lapsed")]
public sealed record QuarterConfirmationLapsed(int Quarter, DivisionId County);

/// <summary>What education and police confirmed of a county's quarter: schooling and the roll, identity and reports. Pure.</summary>
public sealed record Confirmation(Guid Id) : IFolded<Confirmation>
{
    public static string StreamType => "quarter-confirmation";

    public static Confirmation New(Guid id) => new(id);

    public static Guid IdOf(Quarter quarter, DivisionId county) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{StreamType}/{quarter}/{county.Value}")).AsSpan(0, 16));

    public bool Education { get; private init; }

    public bool Police { get; private init; }

    public bool IsWhole => Education && Police;

    public bool By(ConfirmingDepartment department) => department is ConfirmingDepartment.Education ? Education : Police;

    public Confirmation After(object @event) => @event switch
    {
        QuarterConfirmed { Department: ConfirmingDepartment.Education } => this with { Education = true },
        QuarterConfirmed => this with { Police = true },
        QuarterConfirmationLapsed => this with { Education = false, Police = false },
        _ => this,
    };
}
