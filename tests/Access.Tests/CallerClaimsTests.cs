using System.Security.Claims;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Divisions;

namespace LeftBehind.Access.Tests;

public class CallerClaimsTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["sub"] = "u-1",
        ["department"] = "civil-affairs",
        ["role"] = "town-officer",
        ["division"] = "431003101"
    };

    [Fact]
    public void A_token_with_all_claims_gives_the_caller()
    {
        Assert.True(Read(Good, out var caller, out _));

        Assert.Equal(Department.CivilAffairs, caller!.Department);
        Assert.Equal(Role.TownOfficer, caller.Role);
        Assert.Equal(SmallTree.Id("431003101"), caller.Division);
        Assert.Equal(DivisionLevel.Town, caller.Level);
        Assert.Null(caller.Source);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("department")]
    [InlineData("role")]
    [InlineData("division")]
    public void A_missing_claim_is_refused_by_its_name(string claim)
    {
        Assert.False(Read(Good.Where(c => c.Key != claim), out _, out var refusal));
        Assert.Contains($"'{claim}'", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("role")]
    [InlineData("division")]
    public void A_claim_given_twice_is_refused(string claim) =>
        Assert.False(Read(Good.Append(Good.Single(c => c.Key == claim)), out _, out _));

    [Theory]
    [InlineData("department", "CivilAffairs")]
    [InlineData("department", "0")]
    [InlineData("department", "fire-brigade")]
    [InlineData("role", "1")]
    [InlineData("role", "town-officer,operations")]
    [InlineData("division", "431003999")]
    [InlineData("division", "43100310")]
    [InlineData("division", "everything")]
    public void An_unknown_value_is_refused_and_not_repeated(string claim, string value)
    {
        Assert.False(Read(new Dictionary<string, string>(Good) { [claim] = value }, out _, out var refusal));
        Assert.DoesNotContain($" {value} ", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("town-officer", "civil-affairs", "431003")]
    [InlineData("village-worker", "civil-affairs", "43")]
    [InlineData("town-officer", "police", "431003101")]
    [InlineData("operations", "civil-affairs", "43")]
    [InlineData("officer", "partner", "43")]
    [InlineData("service", "partner", "43")]
    public void A_role_that_the_department_does_not_have_there_is_refused(string role, string department, string division) =>
        Assert.False(Read(new Dictionary<string, string>(Good) { ["role"] = role, ["department"] = department, ["division"] = division }, out _, out _));

    [Fact]
    public void An_officer_of_a_recoded_town_keeps_it_by_the_old_code_until_another_division_bears_that_code()
    {
        var (on, town) = (SmallTree.Today.AddDays(-1), SmallTree.Id("431003101"));
        var recoded = SmallTree.Tree.History.After(new DivisionRecoded(town, DivisionCode.Parse("431002105"), on, "文"), new DivisionReparented(town, SmallTree.Id("431002"), on, "文"));
        Assert.True(CallerClaims.TryRead(Token(Good), new(recoded), SmallTree.Today, out var caller, out _));
        Assert.Equal(town, caller!.Division);
        Assert.True(caller.Sees(SmallTree.Id("431003101201")));
        Assert.True(CallerClaims.TryRead(Token(new Dictionary<string, string>(Good) { ["division"] = "431002105" }), new(recoded), SmallTree.Today, out caller, out _));
        Assert.Equal(town, caller!.Division);

        var given = recoded.After(new DivisionEstablished(DivisionId.Parse("431003101@2026"), DivisionCode.Parse("431003101"), "新镇", SmallTree.Id("431003"), false, SmallTree.Today, "文"));
        Assert.True(CallerClaims.TryRead(Token(Good), new(given), SmallTree.Today, out caller, out _));
        Assert.Equal(DivisionId.Parse("431003101@2026"), caller!.Division);
        Assert.False(caller.Sees(SmallTree.Id("431003101201")));
    }

    [Fact]
    public void An_officer_of_a_division_that_ended_in_another_is_refused_until_the_token_names_that()
    {
        var merged = SmallTree.Tree.History.After(new DivisionsMerged([SmallTree.Id("431003101")], SmallTree.Id("431003110"), SmallTree.Today, "文"));
        Assert.False(CallerClaims.TryRead(Token(Good), new(merged), SmallTree.Today, out _, out var refusal));
        Assert.Contains("'division'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partner_needs_the_name_of_its_source_system()
    {
        var partner = new Dictionary<string, string>(Good) { ["department"] = "partner", ["role"] = "partner" };

        Assert.False(Read(partner, out _, out var refusal));
        Assert.Contains("'source'", refusal, StringComparison.Ordinal);
        Assert.True(Read(partner.Append(new("source", "student-roll")), out var caller, out _));
        Assert.Equal("student-roll", caller!.Source);
    }

    [Fact]
    public void Every_department_and_role_has_a_word_of_its_own()
    {
        Assert.Equal("disabled-persons-federation", ClaimWords.Word(Department.DisabledPersonsFederation));
        Assert.Equal("womens-federation", ClaimWords.Word(Department.WomensFederation));
        Assert.Equal("court-liaison", ClaimWords.Word(Role.CourtLiaison));
    }

    private static bool Read(IEnumerable<KeyValuePair<string, string>> claims, out Caller? caller, out string? refusal) =>
        CallerClaims.TryRead(Token(claims), SmallTree.Tree, SmallTree.Today, out caller, out refusal);

    private static ClaimsPrincipal Token(IEnumerable<KeyValuePair<string, string>> claims) => new(new ClaimsIdentity(claims.Select(c => new Claim(c.Key, c.Value)), "test"));
}
