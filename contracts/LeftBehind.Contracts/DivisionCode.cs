using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeftBehind.Contracts;

/// <summary>The five levels of administrative divisions (行政区划): 省, 市, 县, 乡, 村.</summary>
public enum DivisionLevel
{
    /// <summary>省级, 2 digits.</summary>
    Province = 1,

    /// <summary>市级, 4 digits.</summary>
    City = 2,

    /// <summary>县级, 6 digits.</summary>
    County = 3,

    /// <summary>乡级, 9 digits.</summary>
    Town = 4,

    /// <summary>村级, 12 digits.</summary>
    Village = 5,
}

/// <summary>
/// A statistical division code (统计用区划代码) of 2, 4, 6, 9 or 12 digits: a name with dates, not an identity.
/// Contracts carry it beside the date it was effective on; who lies in whom is asked of the division tree, never of the digits.
/// </summary>
[JsonConverter(typeof(DivisionCodeJson))]
public readonly record struct DivisionCode
{
    private readonly string? _digits;

    private DivisionCode(string digits) => _digits = digits;

    /// <summary>The digits as written, not padded.</summary>
    public string Digits => _digits ?? "";

    /// <summary>The level that the number of digits stands for.</summary>
    public DivisionLevel Level => LevelOf(Digits.Length) ?? throw new InvalidOperationException("An empty division code has no level.");

    /// <summary>Reads 2, 4, 6, 9 or 12 ASCII digits that do not begin with 0.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DivisionCode code)
    {
        var wellFormed = text is not null && LevelOf(text.Length) is not null && text[0] != '0' && text.All(char.IsAsciiDigit);
        code = wellFormed ? new DivisionCode(text!) : default;
        return wellFormed;
    }

    /// <summary>Reads a code, or throws <see cref="FormatException"/>.</summary>
    public static DivisionCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException("A division code has 2, 4, 6, 9 or 12 digits and does not begin with 0.");

    /// <summary>The digits.</summary>
    public override string ToString() => Digits;

    /// <summary>Digits of a code of this level.</summary>
    public static int DigitsOf(DivisionLevel level) => level switch
    {
        DivisionLevel.Province => 2,
        DivisionLevel.City => 4,
        DivisionLevel.County => 6,
        DivisionLevel.Town => 9,
        DivisionLevel.Village => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>The level of a code of this many digits; null when no level has so many.</summary>
    public static DivisionLevel? LevelOf(int digits) => digits switch
    {
        2 => DivisionLevel.Province,
        4 => DivisionLevel.City,
        6 => DivisionLevel.County,
        9 => DivisionLevel.Town,
        12 => DivisionLevel.Village,
        _ => null,
    };
}

/// <summary>
/// The lasting identity of a division: the first code it was known by and the year of that edition, written
/// <c>431003110201@2023</c>. It stays when the division is renamed, recoded or put under another parent.
/// As a number: the code padded to 12 digits × 100000 + year × 10 + level; the level keeps 东莞 4419 and 441900 apart.
/// </summary>
[JsonConverter(typeof(DivisionIdJson))]
public readonly record struct DivisionId(long Value) : IComparable<DivisionId>
{
    private static readonly long[] Padding = [0, 10_000_000_000, 100_000_000, 1_000_000, 1_000, 1];

    /// <summary>The id of the division that was first known by this code in the edition of this year.</summary>
    public static DivisionId Of(DivisionCode firstCode, int year) =>
        Of(long.Parse(firstCode.Digits, NumberStyles.None, CultureInfo.InvariantCulture), firstCode.Level, year);

    /// <summary>The same of the digits read as a number.</summary>
    public static DivisionId Of(long firstCode, DivisionLevel level, int year) =>
        new((firstCode * Padding[(int)level] * 100_000) + (year * 10) + (int)level);

    /// <summary>The level of the first code.</summary>
    public DivisionLevel Level => (DivisionLevel)(Value % 10);

    /// <summary>The year of the edition the division was first known in.</summary>
    public int FirstYear => (int)(Value / 10 % 10_000);

    /// <summary>The first code: a name of the past, not always today's.</summary>
    public DivisionCode FirstCode => Level is >= DivisionLevel.Province and <= DivisionLevel.Village
        ? DivisionCode.Parse((Value / 100_000 / Padding[(int)Level]).ToString(CultureInfo.InvariantCulture))
        : default;

    /// <summary>Reads <c>code@year</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DivisionId id)
    {
        id = default;
        var at = text?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        if (at < 0 || text!.Length != at + 5 || !DivisionCode.TryParse(text[..at], out var code)
            || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year < 1000)
            return false;
        id = Of(code, year);
        return true;
    }

    /// <summary>Reads an id, or throws <see cref="FormatException"/>.</summary>
    public static DivisionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A division id is a division code, @ and a year.");

    /// <summary><c>431003110201@2023</c>; the default value is empty.</summary>
    public override string ToString() => Value == 0 ? "" : $"{FirstCode}@{FirstYear}";

    /// <inheritdoc/>
    public int CompareTo(DivisionId other) => Value.CompareTo(other.Value);

    /// <summary>In order of code, then level.</summary>
    public static bool operator <(DivisionId left, DivisionId right) => left.Value < right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(DivisionId left, DivisionId right) => left.Value > right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator <=(DivisionId left, DivisionId right) => left.Value <= right.Value;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >=(DivisionId left, DivisionId right) => left.Value >= right.Value;
}

internal sealed class DivisionCodeJson : JsonConverter<DivisionCode>
{
    public override DivisionCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DivisionCode.TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, out var code)
            ? code : throw new JsonException("Expected a division code of 2, 4, 6, 9 or 12 digits.");

    public override void Write(Utf8JsonWriter writer, DivisionCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Digits);

    public override DivisionCode ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DivisionCode.TryParse(reader.GetString(), out var code) ? code : throw new JsonException("Expected a division code of 2, 4, 6, 9 or 12 digits.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, DivisionCode value, JsonSerializerOptions options) => writer.WritePropertyName(value.Digits);
}

internal sealed class DivisionIdJson : JsonConverter<DivisionId>
{
    public override DivisionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DivisionId.TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, out var id)
            ? id : throw new JsonException("Expected a division id such as 431003110201@2023.");

    public override void Write(Utf8JsonWriter writer, DivisionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override DivisionId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DivisionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Expected a division id such as 431003110201@2023.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, DivisionId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());
}
