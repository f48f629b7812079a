using System.Globalization;
using System.Text.Json;
using CsCheck;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using Xunit;

namespace LeftBehind.ContractsTests;

public sealed class ResidentIdNumberTests
{
    // The two worked examples of GB 11643-1999, annex.
    private const string Man = "11010519491231002X";
    private const string Woman = "440524188001010014";

    [Theory]
    [InlineData(Man, "1949-12-31", Sex.Female)]
    [InlineData(Woman, "1880-01-01", Sex.Male)]
    public void A_number_of_the_standard_is_valid(string text, string birthDate, Sex sex)
    {
        var number = ResidentIdNumber.Read(text);
        Assert.Equal(IdNumberStatus.Valid, number.Status);
        Assert.True(number.IsValid);
        Assert.Equal(DateOnly.ParseExact(birthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture), number.BirthDate);
        Assert.Equal(sex, number.Sex);
        Assert.Equal(text, number.Reveal());
        Assert.False(number.IsUpgraded);
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X\u3000")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("１１０１０５１９４９１２３１００２ｘ")]
    [InlineData("110105491231002")]
    [InlineData("１１０１０５４９１２３１００２")]
    public void Ways_of_writing_come_to_one_number(string text)
    {
        var number = ResidentIdNumber.Read(text);
        Assert.True(number.IsValid);
        Assert.Equal(Man, number.Reveal());
    }

    [Fact]
    public void Fifteen_digits_are_upgraded()
    {
        Assert.True(ResidentIdNumber.Read("110105491231002").IsUpgraded);
        Assert.Equal(new DateOnly(1949, 12, 31), ResidentIdNumber.Read("110105491231002").BirthDate);
    }

    [Theory]
    [InlineData(null, IdNumberStatus.Empty)]
    [InlineData("", IdNumberStatus.Empty)]
    [InlineData(" \u3000", IdNumberStatus.Empty)]
    [InlineData("110105194912310021", IdNumberStatus.WrongCheckDigit)]
    [InlineData("110105194902300020", IdNumberStatus.WrongBirthDate)]
    [InlineData("110105490230002", IdNumberStatus.WrongBirthDate)]
    [InlineData("110105000000000000", IdNumberStatus.WrongBirthDate)]
    [InlineData("11010519491231002", IdNumberStatus.WrongForm)]
    [InlineData("11010519491231002XX", IdNumberStatus.WrongForm)]
    [InlineData("1101051949123100XX", IdNumberStatus.WrongForm)]
    [InlineData("11010549123100X", IdNumberStatus.WrongForm)]
    [InlineData("01010519491231002X", IdNumberStatus.WrongForm)]
    [InlineData("110105********002X", IdNumberStatus.WrongForm)]
    [InlineData("G11010519491231002", IdNumberStatus.WrongForm)]
    [InlineData("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", IdNumberStatus.WrongForm)]
    public void A_bad_number_says_what_is_wrong(string? text, IdNumberStatus status) => Assert.Equal(status, ResidentIdNumber.Read(text).Status);

    [Fact]
    public void Birth_date_and_sex_are_read_under_a_wrong_check_digit()
    {
        var number = ResidentIdNumber.Read("110105194912310021");
        Assert.Equal(new DateOnly(1949, 12, 31), number.BirthDate);
        Assert.Equal(Sex.Female, number.Sex);
        Assert.Equal("110105194912310021", number.Reveal());
    }

    [Fact]
    public void What_cannot_be_read_is_not_guessed()
    {
        Assert.Null(ResidentIdNumber.Read("110105194902300020").BirthDate);
        Assert.Equal(Sex.NotCollected, ResidentIdNumber.Read("123").Sex);
        Assert.Equal(ResidentIdNumber.Read(null), default);
    }

    [Fact]
    public void An_unknown_prefix_only_warns()
    {
        var number = ResidentIdNumber.Read(Man);
        Assert.True(number.HasKnownPrefix(new HashSet<int> { 110105 }));
        Assert.False(number.HasKnownPrefix(new HashSet<int> { 432821 }));
        Assert.False(ResidentIdNumber.Read("123").HasKnownPrefix(new HashSet<int> { 123 }));
        Assert.True(number.IsValid);
    }

    [Theory]
    [InlineData(Man)]
    [InlineData("110105194912310021")]
    [InlineData("1101051949123100")]
    public void Neither_text_nor_json_shows_the_number(string text)
    {
        var number = ResidentIdNumber.Read(text);
        Assert.DoesNotContain("110105", number.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("110105", $"{new { number }}", StringComparison.Ordinal);
        Assert.DoesNotContain("110105", JsonSerializer.Serialize(number), StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_digit_is_always_noticed() => Gen.Select(Gen.Int[0, 16], Gen.Int[1, 9]).Sample((position, shift) =>
    {
        var digits = Man.ToCharArray();
        digits[position] = (char)('0' + ((digits[position] - '0' + shift) % 10));
        return !ResidentIdNumber.Read(new string(digits)).IsValid;
    });

    [Fact]
    public void Reading_never_throws() => Gen.String.Sample(text => ResidentIdNumber.Read(text).ToString().StartsWith("ResidentIdNumber(", StringComparison.Ordinal));

    [Fact]
    public void An_upgraded_number_reads_as_itself() => Gen.Char['1', '9'].Select(Gen.Char['0', '9'].Array[14]).Sample((first, rest) =>
    {
        var upgraded = ResidentIdNumber.Read(first + new string(rest));
        var again = ResidentIdNumber.Read(upgraded.Reveal());
        return again.Status == upgraded.Status && again.BirthDate == upgraded.BirthDate && again.Sex == upgraded.Sex;
    });
}
