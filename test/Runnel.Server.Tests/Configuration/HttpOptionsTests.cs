using Microsoft.Extensions.Configuration;
using Runnel.Server.Configuration;

namespace Runnel.Server.Tests.Configuration;

public class HttpOptionsTests
{
    [Fact]
    public void Lists_AreReadAsOneTextOrAsMany()
    {
        var options = Read(
            ("Http:AllowedOrigins", "https://a.example,http://b.example:8080"), ("Http:TrustedProxies:0", "10.0.0.0/8"),
            ("Http:TrustedProxies:1", "::1"));

        Assert.Equal(["https://a.example", "http://b.example:8080"], options.AllowedOrigins);
        Assert.Equal(["10.0.0.0/8", "::1"], options.TrustedProxies);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example.org")]
    [InlineData("https://example.org/")]
    [InlineData("https://example.org/app")]
    [InlineData("https://example.org:443")]
    [InlineData("https://Example.org")]
    [InlineData("https://user@example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("example.org")]
    [InlineData("null")]
    public void Origin_IsRefusedWithItsKey_WhenNoBrowserWouldSendIt(string text)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(("Http:AllowedOrigins", text)));

        Assert.StartsWith("Configuration: Http:AllowedOrigins must be origins like", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/33")]
    [InlineData("*")]
    public void Proxy_IsRefusedWithItsKey_WhenItIsNoAddress(string text)
    {
        var exception = Assert.Throws<ConfigurationException>(() => Read(("Http:TrustedProxies:0", text)));

        Assert.StartsWith("Configuration: Http:TrustedProxies must be addresses", exception.Message, StringComparison.Ordinal);
    }

    private static HttpOptions Read(params (string Key, string Value)[] values) => HttpOptions.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build());
}
