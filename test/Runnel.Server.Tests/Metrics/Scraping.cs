using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Tests.Metrics.Prometheus;

namespace Runnel.Server.Tests.Metrics;

/// <summary>Reads <c>/metrics</c> from here, or as if from elsewhere.</summary>
internal static class Scraping
{
    public static async Task<Exposition> ScrapeAsync(this RunnelServer server)
    {
        using var answer = await server.Client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return Exposition.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Scrapes until a sample has a value.</summary>
    public static async Task<Exposition> ScrapeUntilAsync(this RunnelServer server, string sample, double value)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var read = await server.ScrapeAsync();
            if (read.Samples.TryGetValue(sample, out var now) && now.Equals(value))
                return read;
            await Task.Delay(20, deadline.Token); // polls: that is what a scraper does
        }
    }

    /// <summary>Lets every connection come from an address, as far as the server can see.</summary>
    public static void ConnectFrom(WebApplicationBuilder builder, string address) =>
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection =>
        {
            connection.RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40_000);
            return next(connection);
        })));
}
