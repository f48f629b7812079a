using System.Text.Json;
using CsCheck;
using LeftBehind.Contracts;
using Xunit;

namespace LeftBehind.ContractsTests;

public sealed class DivisionCodeTests
{
    private static readonly Gen<DivisionCode> Codes =
        from level in Gen.Enum<DivisionLevel>()
        from first in Gen.Char['1', '9']
        from rest in Gen.Char['0', '9'].Array[DivisionCode.DigitsOf(level) - 1]
        select DivisionCode.Parse(first + new string(rest));

    [Theory]
    [InlineData("43", DivisionLevel.Province)]
    [InlineData("4310", DivisionLevel.City)]
    [InlineData("431003", DivisionLevel.County)]
    [InlineData("431003101", DivisionLevel.Town)]
    [InlineData("431003101218", DivisionLevel.Village)]
    public void The_number_of_digits_tells_the_level(string text, DivisionLevel level)
    {
        Assert.True(DivisionCode.TryParse(text, out var code));
        Assert.Equal(level, code.Level);
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("431")]
    [InlineData("4310030000000")]
    [InlineData("031003")]
    [InlineData("43100a")]
    [InlineData("４３")]
    [InlineData(" 43")]
    [InlineData("+3")]
    public void Anything_else_is_no_code(string? text) => Assert.False(DivisionCode.TryParse(text, out _));

    [Fact]
    public void An_empty_code_has_no_level()
    {
        Assert.Equal("", default(DivisionCode).Digits);
        Assert.Throws<InvalidOperationException>(() => default(DivisionCode).Level);
        Assert.Throws<FormatException>(() => DivisionCode.Parse("431"));
    }

    [Fact]
    public void An_id_keeps_its_first_code_and_year() => Gen.Select(Codes, Gen.Int[1949, 2100]).Sample((code, year) =>
    {
        var id = DivisionId.Of(code, year);
        return id.FirstCode == code && id.FirstYear == year && id.Level == code.Level
            && DivisionId.TryParse(id.ToString(), out var again) && again == id
            && JsonSerializer.Deserialize<DivisionId>(JsonSerializer.Serialize(id)) == id;
    });

    [Fact]
    public void An_id_is_packed_as_the_padded_code_the_year_and_the_level()
    {
        Assert.Equal(43_100_311_020_120_235, DivisionId.Parse("431003110201@2023").Value);
        Assert.Equal(43_100_300_000_020_233, DivisionId.Parse("431003@2023").Value);
        Assert.Equal("431003110201@2023", DivisionId.Of(DivisionCode.Parse("431003110201"), 2023).ToString());
        Assert.Equal("", default(DivisionId).ToString());
    }

    [Fact]
    public void Codes_that_are_the_same_when_padded_have_different_ids()
    {
        DivisionId[] ids = [DivisionId.Parse("350527@2023"), DivisionId.Parse("350527000@2023"), DivisionId.Parse("350527000000@2023")];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.True(ids[0] < ids[1] && ids[1] < ids[2]);
        Assert.NotEqual(DivisionId.Parse("4419@2023"), DivisionId.Parse("441900@2023"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("431003")]
    [InlineData("431003@")]
    [InlineData("431003@23")]
    [InlineData("431003@20230")]
    [InlineData("431003@0023")]
    [InlineData("431003@+023")]
    [InlineData("4310031@2023")]
    [InlineData("@2023")]
    public void Anything_else_is_no_id(string? text) => Assert.False(DivisionId.TryParse(text, out _));

    [Fact]
    public void Codes_and_ids_are_strings_in_json()
    {
        var code = DivisionCode.Parse("431003");
        var id = DivisionId.Of(code, 2023);
        Assert.Equal("\"431003\"", JsonSerializer.Serialize(code));
        Assert.Equal("\"431003@2023\"", JsonSerializer.Serialize(id));
        Assert.Equal(code, JsonSerializer.Deserialize<DivisionCode>("\"431003\""));
        var byId = new Dictionary<DivisionId, int> { [id] = 7 };
        Assert.Equal("{\"431003@2023\":7}", JsonSerializer.Serialize(byId));
        Assert.Equal(byId, JsonSerializer.Deserialize<Dictionary<DivisionId, int>>("{\"431003@2023\":7}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DivisionCode>("\"431\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DivisionId>("431003"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DivisionId>("null"));
    }
}
