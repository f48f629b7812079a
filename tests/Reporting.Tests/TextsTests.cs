using Grpc.Core;
using LeftBehind.Calls;
using Xunit;

namespace LeftBehind.Reporting.Tests;

/// <summary>What a text of a request may hold, sealed or readable.</summary>
public class TextsTests
{
    private const string Id = "431003201605010018";

    [Fact]
    public void No_text_holds_control_characters_or_half_a_character()
    {
        foreach (var text in new[] { "ab\0cd", "ab\u001bcd", "1\u00852", "1\ud83d2", "12\ud83d", "12\ude00" })
        {
            Refused(() => Texts.Line(text, "field", 1, 10));
            Refused(() => Texts.Prose(text, "field", 1, 10));
            Refused(() => Texts.Readable(text, "field", 1, 10));
            Refused(() => Texts.DocumentNo(text, "field", 1, 10));
            Refused(() => Texts.Account(text, "field"));
        }
    }

    [Fact]
    public void Prose_has_lines_and_a_line_has_none()
    {
        Assert.Equal("一\r\n\t二 😀", Texts.Prose(" 一\r\n\t二 😀 ", "field", 1, 10));
        Assert.Equal("一 😀", Texts.Line(" 一 😀\n", "field", 1, 10));
        Refused(() => Texts.Line("一\n二", "field", 1, 10));
    }

    [Theory]
    [InlineData("公安局 431003201605010018")]
    [InlineData("431003 2016 0501 001X")]
    [InlineData("43100320160501001x号")]
    [InlineData("４３１００３２０１６０５０１００１８")]
    [InlineData("130503670401001")]
    [InlineData("李所长13900002222")]
    [InlineData("139-0000-2222")]
    [InlineData("１３９ ００００ ２２２２")]
    public void What_stays_readable_holds_no_number_of_a_person(string text)
    {
        Refused(() => Texts.Readable(text, "field", 1, 100));
        Refused(() => Texts.DocumentNo(text, "field", 1, 100));
        Assert.Equal(text, Texts.Line(text, "field", 1, 100));
    }

    [Theory]
    [InlineData("苏公（苏）行罚决字〔2026〕123号")]
    [InlineData("(2026)湘1003民特7号")]
    [InlineData("A4310030100002026010001")]
    [InlineData("湘公 2026-03/0004")]
    [InlineData("4")]
    public void Document_numbers_are_taken_as_organs_write_them(string number) => Assert.Equal(number, Texts.DocumentNo($" {number} ", "field", 1, 100));

    [Theory]
    [InlineData("124310034485123456")]
    [InlineData("9143100344851234XK")]
    [InlineData("5b1f6139-1234-4123-9a43-a13912345678")]
    [InlineData("苏仙区第一完全小学")]
    public void Organisations_are_named_or_coded(string organisation) => Assert.Equal(organisation, Texts.Readable(organisation, "field", 1, 200));

    [Theory]
    [InlineData("班主任张三")]
    [InlineData("孩子在家，1天没人管。")]
    [InlineData("")]
    public void Words_are_no_document_number(string text) => Refused(() => Texts.DocumentNo(text, "field", 1, 100));

    [Fact]
    public void An_id_number_in_a_longer_run_of_digits_is_found_when_it_is_right_in_every_part()
    {
        var right = Enumerable.Range(0, 10).Select(check => Id[..17] + check).Append(Id[..17] + "X").Single(n => Contracts.ResidentIdNumber.Read(n).IsValid);
        Refused(() => Texts.DocumentNo($"A9{right}9", "field", 1, 100));
    }

    [Fact]
    public void An_account_is_an_id_as_tokens_name_it()
    {
        Assert.Equal("town-officer.7_a:b", Texts.Account(" town-officer.7_a:b ", "field"));
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", Texts.Account("0f8fad5b-d9cb-469f-a165-70867728950e", "field"));
        Assert.Null(Texts.Account(" ", "field"));
        foreach (var account in new[] { "班主任张三", "zhang san", "zhang@san", Id, "a123456789012345b", "13900002222", new string('a', 101) })
            Refused(() => Texts.Account(account, "field"));
    }

    private static void Refused(Func<string?> read)
    {
        var refused = Assert.Throws<RpcException>(read);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("field: ", refused.Status.Detail, StringComparison.Ordinal);
    }
}
