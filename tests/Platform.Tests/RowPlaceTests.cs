using Grpc.Core;
using LeftBehind.Calls;

namespace LeftBehind.Platform.Tests;

/// <summary>Page tokens of every list.</summary>
public sealed class RowPlaceTests
{
    private static readonly DateTimeOffset Time = new(2026, 5, 9, 8, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<RowPlace> Places =>
        [new RowPlace(4310031012182023_5, Guid.NewGuid()), RowPlace.Of(Time, Guid.NewGuid()), RowPlace.Of(Time, Guid.NewGuid(), Guid.NewGuid()), new RowPlace(7, Guid.Empty)];

    [Theory, MemberData(nameof(Places))]
    public void A_token_is_read_as_it_was_written(RowPlace place) => Assert.Equal(place, RowPlace.After(place.ToString()));

    [Fact]
    public void A_time_and_a_day_are_read_as_they_were_written()
    {
        Assert.Equal(Time, RowPlace.AfterTime(RowPlace.Of(Time, Guid.NewGuid()).ToString()).At);
        Assert.Equal(new(2026, 5, 9), RowPlace.AfterDay(RowPlace.Of(new DateOnly(2026, 5, 9), Guid.NewGuid()).ToString()).Day);
    }

    [Fact]
    public void No_token_is_the_first_page()
    {
        Assert.Equal(default, RowPlace.After(""));
        Assert.Equal(DateTimeOffset.UnixEpoch, RowPlace.AfterTime("").At);
        Assert.Equal(DateOnly.MinValue, RowPlace.AfterDay("").Day);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not!a!token!of!this!list!at!all!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子子")]
    public void Anything_else_is_no_token(string text) =>
        Assert.All((Func<string, RowPlace>[])[RowPlace.After, RowPlace.AfterTime, RowPlace.AfterDay], read => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<RpcException>(() => read(text)).StatusCode));

    [Fact]
    public void A_key_that_no_row_has_is_no_token()
    {
        var token = new RowPlace(long.MaxValue, Guid.NewGuid()).ToString();
        Assert.All((Func<string, RowPlace>[])[RowPlace.AfterTime, RowPlace.AfterDay], read => Assert.Throws<RpcException>(() => read(token)));
        Assert.Throws<RpcException>(() => RowPlace.After(new RowPlace(-1, Guid.NewGuid()).ToString()));
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(7, 7)]
    [InlineData(200, 200)]
    public void A_page_is_as_long_as_asked_or_50(int asked, int size) => Assert.Equal(size, RowPlace.PageSize(asked));

    [Theory]
    [InlineData(-1)]
    [InlineData(201)]
    public void A_page_has_no_other_length(int asked) => Assert.Throws<RpcException>(() => RowPlace.PageSize(asked));
}
