namespace Runnel.Server.Hosting.Start;

/// <summary>
/// The host logs a failed start with its stack trace, beside the line that <see cref="StartFailure"/> prints. It is kept quiet
/// until it runs, unless somebody wants to see everything.
/// </summary>
internal static class StartLog
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void AddStartLog(this WebApplicationBuilder builder)
    {
        var level = builder.Configuration.GetValue("Logging:LogLevel:Default", "Information");
        if (level is not null && (level.Equals("Debug", StringComparison.OrdinalIgnoreCase)
            || level.Equals("Trace", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        var state = new StartState();
        builder.Services.AddSingleton(state);
        builder.Services.AddHostedService(services => services.GetRequiredService<StartState>());
        builder.Logging.AddFilter(HostCategory, wanted => state.Started && wanted >= LogLevel.Information);
    }
}
