using System.Globalization;

namespace LeftBehind.Population.People;

/// <summary>Phones and addresses.</summary>
internal static class Contacts
{
    private static readonly string[] Networks = ["135", "137", "139", "150", "152", "158", "173", "177", "182", "186", "188", "199"];

    public static string Phone(Dice dice) =>
        dice.Pick(Networks) + dice.Between(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);

    public static string Address(Dice dice, string town, string village) => string.Create(CultureInfo.InvariantCulture,
        $"湖南省郴州市苏仙区{town}{village}{dice.Between(1, 28)}组{dice.Between(1, 399)}号");
}
