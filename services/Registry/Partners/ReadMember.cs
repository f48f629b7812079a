using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Intake;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Identities;
using LeftBehind.Sealing;
using Sex = LeftBehind.Contracts.Registry.Sex;

namespace LeftBehind.Registry.Partners;

/// <summary>What a member row says of a person, read once.</summary>
/// <param name="Details">To be sealed.</param>
/// <param name="BirthDate">As told, else as read from the number.</param>
/// <param name="Sex">As told, else as read from the number.</param>
/// <param name="Blind">Blind index of the number, when it is right.</param>
/// <param name="NameDigest">By which names are compared.</param>
/// <param name="Digest">By which the row is told from the one before.</param>
/// <param name="Verified">The population base told a number that agrees with birth date and sex.</param>
/// <param name="Hukou">Where the household registration is, when told.</param>
/// <param name="LooksAdult">Head or spouse of the household.</param>
internal sealed record ToldMember(
    PersonalDetails Details, DateOnly? BirthDate, Sex Sex, Guid? Blind, string NameDigest, string Digest, bool Verified, bool LooksAdult, DivisionId? Hukou)
{
    /// <summary>Without a birth date, a head or spouse is taken for an adult and anybody else for a child: better a file too many.</summary>
    public bool IsAdult(DateOnly today) => BirthDate is { } born ? !Ages.IsUnder(born, Ages.Adult, today) : LooksAdult;

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(ToldMember);
}

/// <summary>Reads member rows, and remarks on numbers that are not right.</summary>
internal sealed class ReadMember(HouseholdSet set, KeyedDigest digests, RegistryRules rules, HouseholdRowCheck check)
{
    public ToldMember Read(PushedRow<HouseholdRow> row)
    {
        var told = row.Row.Member;
        var number = ResidentIdNumber.Read(told.IdNumber);
        var born = HouseholdRowCheck.Day(told.BirthDate, out var day) ? day : number.BirthDate is { } read && read <= row.EffectiveOn ? read : (DateOnly?)null;
        var sex = told.Sex is Protos.Registry.V1.Sex.Unknown ? number.Sex : (Sex)told.Sex;
        Warn(row, number, born);
        return new(
            new(told.Name, told.IdNumber, told.Phone), born, sex, number.IsValid ? set.BlindOf(number.Reveal()) : null, IdentityDigests.Name(digests, told.Name),
            set.DigestOf($"{told.Name}\n{told.IdNumber}\n{told.Phone}\n{born:yyyy-MM-dd}\n{sex}{(told.HukouCode.Length > 0 ? "\n" + told.HukouCode : "")}"),
            number.IsValid && number.BirthDate == born && number.Sex == sex && rules.PopulationSources.Contains(row.Source),
            told.Relation is Relation.Head or Relation.Spouse, check.Division(told.HukouCode, row.EffectiveOn));
    }

    /// <summary>The number of a row when its check digit and birth date are right.</summary>
    public static string? ValidNumber(Member told) => ResidentIdNumber.Read(told.IdNumber) is { IsValid: true } number ? number.Reveal() : null;

    private void Warn(PushedRow<HouseholdRow> row, ResidentIdNumber number, DateOnly? born)
    {
        if (number.Status is not (IdNumberStatus.Valid or IdNumberStatus.Empty))
            row.Warn("member.id_number", $"{number.Status}; the file is kept unverified");
        else if (number.IsValid && born is not null && number.BirthDate != born)
            row.Warn("member.birth_date", "differs from the ID number; the file is kept unverified");
        else if (number.IsUpgraded)
            row.Warn("member.id_number", "15 digits, read as 18");
        else if (number.IsValid && check.PrefixFault(number, row.EffectiveOn) is { } fault)
            row.Warn("member.id_number", fault);
    }
}
