using LeftBehind.Contracts;
using LeftBehind.EducationAttendance.Pupils;

namespace LeftBehind.EducationAttendance.Tests;

public class StudentNoTests
{
    [Fact]
    public void A_g_number_holds_the_id_number() =>
        Assert.Equal(Sample.IdNumber, Read("G" + Sample.IdNumber).IdNumber.Reveal());

    [Theory]
    [InlineData("L")]
    [InlineData("J")]
    [InlineData("")]
    public void No_other_number_tells_an_id_number(string letter) =>
        Assert.Equal(IdNumberStatus.Empty, Read(letter + Sample.IdNumber).IdNumber.Status);

    [Theory]
    [InlineData("g11010519491231002x")]
    [InlineData(" G 11010519491231002X")]
    [InlineData("Ｇ１１０１０５１９４９１２３１００２Ｘ")]
    public void One_number_in_several_hands_is_one_pupil(string written) =>
        Assert.Equal(Sample.Keys.Pupil("roll", Read("G" + Sample.IdNumber)), Sample.Keys.Pupil("roll", Read(written)));

    [Fact]
    public void One_number_in_two_sources_is_two_pupils() =>
        Assert.NotEqual(Sample.Keys.Pupil("roll", Read("L1")), Sample.Keys.Pupil("other", Read("L1")));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("L1/2")]
    [InlineData("学籍1")]
    public void What_is_no_number_is_refused(string written) => Assert.False(StudentNo.TryRead(written, out _));

    [Fact]
    public void A_number_never_shows_itself() => Assert.DoesNotContain("1101", Read("G" + Sample.IdNumber).ToString(), StringComparison.Ordinal);

    private static StudentNo Read(string text) => StudentNo.TryRead(text, out var no) ? no : throw new InvalidOperationException("not read");
}
