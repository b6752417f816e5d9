namespace Runnel.Server.Configuration;

/// <summary>All options types of the server, each checked before it is bound, so that a wrong value stops the start.</summary>
internal static class ConfiguredOptions
{
    public static void AddConfiguredOptions(this WebApplicationBuilder builder)
    {
        builder.Add<LimitsOptions>("Limits");
        builder.Add<StreamsOptions>("Streams");
        builder.Add<AuthOptions>("Auth");
        builder.Add<JwtOptions>("Auth:Jwt");
        builder.Add<DatabaseOptions>("Database");
        builder.Add<DataOptions>("Data");
        builder.Add<ClusterOptions>("Cluster");
        builder.Add<ShutdownOptions>("Shutdown");
        builder.Add<ModelTimeoutsOptions>("Models:Timeouts");
        builder.Add<TrainingOptions>("Training");
        builder.Add<MetricsOptions>("Metrics");
    }

    /// <summary>The options of a section as they are now, for what must be known before there is a container.</summary>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        OptionsCheck.Check<T>(configuration, section);
        return configuration.GetSection(section).Get<T>() ?? new T();
    }

    private static void Add<T>(this WebApplicationBuilder builder, string section)
        where T : class
    {
        OptionsCheck.Check<T>(builder.Configuration, section);
        builder.Services.Configure<T>(builder.Configuration.GetSection(section));
    }
}
