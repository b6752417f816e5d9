using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Runnel.Server.Configuration;
using Runnel.Streams.Sqlite.Database;

namespace Runnel.Server.Tests.Configuration;

public class OptionsTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("32000")]
    [InlineData("1000000")]
    public void Value_IsTaken_WhenItIsWithinItsLimits(string value) =>
        Assert.Equal(int.Parse(value, null), Read<LimitsOptions>("Limits", "MessageCharacters", value).MessageCharacters);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1000001")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("1e3")]
    [InlineData("abc")]
    [InlineData("")]
    public void Number_IsRefusedWithKeyAndLimits_WhenItIsWrong(string value) => AssertRefused<LimitsOptions>(
        "Limits", "MessageCharacters", value, $"must be between 1 and 1000000, not \"{value}\".");

    [Theory]
    [InlineData("0")]
    [InlineData("3601")]
    [InlineData("NaN")]
    [InlineData("∞")]
    public void Fraction_IsRefused_WhenItIsWrong(string value) => AssertRefused<StreamsOptions>(
        "Streams", "HeartbeatSeconds", value, $"must be between 0.1 and 3600, not \"{value}\".");

    [Theory]
    [InlineData("fast")]
    [InlineData("1")]
    public void Word_IsRefused_WhenItIsNoneOfThePossible(string value) => AssertRefused<DatabaseOptions>(
        "Database", "Durability", value, $"must be Full or Normal, not \"{value}\".");

    [Fact]
    public void Switch_IsRefused_WhenItIsNeitherOnNorOff() => AssertRefused<AuthOptions>(
        "Auth", "AllowRegistration", "perhaps", "must be true or false, not \"perhaps\".");

    [Fact]
    public void Complaint_StaysOneLine_WhenTheValueHasMore() => AssertRefused<AuthOptions>(
        "Auth", "AllowRegistration", "a\nb", "must be true or false, not \"a b\".");

    [Fact]
    public void Durations_AreOfTheUnitThatTheirNameSays()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.5), Read<StreamsOptions>("Streams", "HeartbeatSeconds", "0.5").Heartbeat);
        Assert.Equal(TimeSpan.FromMinutes(2), Read<StreamsOptions>("Streams", "LifetimeMinutes", "2").Lifetime);
        Assert.Equal(TimeSpan.FromHours(3), Read<StreamsOptions>("Streams", "RetentionHours", "3").Retention);
        Assert.Equal(TimeSpan.FromHours(5), Read<StreamsOptions>("Streams", "DormantHours", "5").Dormancy);
        Assert.Equal(TimeSpan.FromSeconds(4), Read<ShutdownOptions>("Shutdown", "GraceSeconds", "4").Grace(hasCompany: true));
        Assert.Equal(
            TimeSpan.FromSeconds(5),
            Read<ModelTimeoutsOptions>("Models:Timeouts", "FirstTokenSeconds", "5").FirstToken);
    }

    [Fact]
    public void Defaults_AreTheDocumentedOnes()
    {
        var limits = new LimitsOptions();
        Assert.Equal((8, 32, 32_000), (limits.RunningTurnsPerUser, limits.StreamsPerUser, limits.MessageCharacters));
        Assert.Equal((1_048_576L, 600, 10), (limits.BodyBytes, limits.RequestsPerMinute, limits.FailedLoginsPerMinute));
        var streams = new StreamsOptions();
        Assert.Equal((15, 30, 24), (streams.HeartbeatSeconds, streams.LifetimeMinutes, streams.RetentionHours));
        Assert.Equal(24, streams.DormantHours);
        var timeouts = new ModelTimeoutsOptions();
        Assert.Equal((30, 30, 600), (timeouts.FirstTokenSeconds, timeouts.StallSeconds, timeouts.TotalSeconds));
        Assert.True(new AuthOptions().AllowRegistration);
        Assert.Equal("./data", new DataOptions().Directory);
        Assert.Equal(SqliteDurability.Full, new DatabaseOptions().Durability);
        Assert.Equal(TimeSpan.FromSeconds(3), new ShutdownOptions().Grace(hasCompany: false));
        Assert.Equal(TimeSpan.FromSeconds(30), new ShutdownOptions().Grace(hasCompany: true));
        Assert.Equal(TimeSpan.FromSeconds(3), new ClusterOptions().Lease);
        Assert.Null(new MetricsOptions().Token);
    }

    [Fact]
    public void Defaults_AreWithinTheirOwnLimits()
    {
        object[] all =
        [
            new LimitsOptions(), new StreamsOptions(), new AuthOptions(), new ShutdownOptions(), new ModelTimeoutsOptions(),
            new MetricsOptions(),
        ];
        Assert.All(all, options =>
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true));
    }

    private static void AssertRefused<T>(string section, string name, string value, string complaint)
        where T : class, new()
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read<T>(section, name, value));
        Assert.Equal($"Configuration: {section}:{name} {complaint}", exception.Message);
    }

    private static T Read<T>(string section, string name, string value)
        where T : class, new() => ConfiguredOptions.Read<T>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { [$"{section}:{name}"] = value }).Build(),
            section);
}
