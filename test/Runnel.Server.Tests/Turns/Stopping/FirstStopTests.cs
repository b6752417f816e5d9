using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Runnel.Server.Tests.Fixtures;
using Runnel.Server.Turns.Stopping;

namespace Runnel.Server.Tests.Turns.Stopping;

public class FirstStopTests
{
    [Fact]
    public async Task WhatTheFirstStopNeeds_IsMadeReady_WithoutAFault()
    {
        using var log = new CapturedLog();
        await using var server = await RunnelServer.StartAsync(builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Logging.AddFilter<CapturedLog>(typeof(FirstStop).FullName, LogLevel.Debug);
        });

        var ready = server.Services.GetServices<IHostedService>().OfType<FirstStop>().Single();
        await ready.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(log.Lines, line => line.Category == typeof(FirstStop).FullName);
    }
}
