using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LeftBehind.Sealing.Tests;

public sealed class SealingOptionsTests
{
    private static readonly string Good = Convert.ToBase64String(Keys.Bytes(1));

    [Fact]
    public void Three_keys_are_read()
    {
        var options = SealingOptions.From(Configuration(Good, Convert.ToBase64String(Keys.Bytes(2)), Convert.ToBase64String(Keys.Bytes(3))));
        Assert.Equal(Keys.Bytes(1), options.MasterKey);
        Assert.Equal(Keys.Bytes(2), options.IndexKey);
        Assert.Equal(Keys.Bytes(3), options.RegistryKey);
    }

    [Fact]
    public void Former_master_keys_are_read_and_a_wrong_one_is_named()
    {
        static IConfiguration With(string former) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sealing:MasterKey"] = Good, ["Sealing:IndexKey"] = Good, ["Sealing:FormerMasterKeys:0"] = Convert.ToBase64String(Keys.Bytes(2)), ["Sealing:FormerMasterKeys:1"] = former,
        }).Build();
        Assert.Equal([Keys.Bytes(2), Keys.Bytes(3)], SealingOptions.From(With(Convert.ToBase64String(Keys.Bytes(3)))).FormerMasterKeys);
        Assert.Contains("Sealing:FormerMasterKeys:1 is not base64", Assert.Throws<InvalidOperationException>(() => SealingOptions.From(With("nonsense!"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_registry_key_is_asked_only_of_those_who_need_it()
    {
        Assert.Null(SealingOptions.From(Configuration(Good, Good, null)).RegistryKey);
        var error = Assert.Throws<InvalidOperationException>(() => SealingOptions.From(Configuration(Good, Good, null), needsRegistryKey: true));
        Assert.Contains("Sealing:RegistryKey is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_key_is_named_at_once_and_none_is_shown()
    {
        var tooShort = Convert.ToBase64String(Keys.Bytes(1)[..16]);
        var error = Assert.Throws<InvalidOperationException>(() => SealingOptions.From(Configuration(null, tooShort, "nonsense!")));
        Assert.Contains("Sealing:MasterKey is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sealing:IndexKey has 16 bytes, not 32", error.Message, StringComparison.Ordinal);
        Assert.Contains("Sealing:RegistryKey is not base64", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(tooShort, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_zeros_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => SealingOptions.From(Configuration(Good, Convert.ToBase64String(new byte[32]), null)));

    [Fact]
    public void A_service_gets_all_it_needs_to_seal()
    {
        var configuration = Configuration(Good, Good, Good);
        using var services = new ServiceCollection().AddSealing(configuration, "registry").AddSealedToRegistry(configuration).BuildServiceProvider();
        Assert.Single(services.GetRequiredService<PersonKeyTable>().CreateMany(1));
        Assert.NotNull(services.GetRequiredService<BlindIndex>());
        Assert.NotNull(services.GetRequiredService<KeyedDigest>());
        Assert.NotNull(services.GetRequiredService<SealedTo>());
    }

    [Fact]
    public void A_wrong_key_stops_the_start() =>
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddSealing(Configuration(null, Good, null), "registry"));

    [Theory]
    [InlineData("")]
    [InlineData("Registry")]
    [InlineData("a\"; drop table x; --")]
    public void A_schema_name_that_needs_quoting_is_refused(string schema) => Assert.Throws<ArgumentException>(() => PersonKeyTable.Ddl(schema));

    private static IConfiguration Configuration(string? master, string? index, string? registry) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sealing:MasterKey"] = master,
            ["Sealing:IndexKey"] = index,
            ["Sealing:RegistryKey"] = registry,
        }).Build();
}
