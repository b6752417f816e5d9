using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Runnel.Providers.OpenAI;
using Runnel.Providers.Scripted;
using Runnel.Providers.Watchdog;
using Runnel.Server.Configuration;
using Runnel.Server.Models.Registered;

namespace Runnel.Server.Models;

/// <summary>Makes a model that can be asked out of what is configured, with its limits of time.</summary>
internal sealed class ModelConnections(
    UpstreamClient upstream,
    IServiceProvider services,
    IOptions<ModelTimeoutsOptions> timeouts,
    TimeProvider time,
    ILogger<RegisteredChatClient> log)
{
    /// <exception cref="ConfigurationException">No client is registered under that name.</exception>
    public ConfiguredModel Connect(ProviderOptions options) => options.Kind switch
    {
        ModelKind.Scripted => Watched(options, ScriptedChatClient.ModelName, new ScriptedChatClient(time: time)),
        ModelKind.Registered => Registered(options),
        _ => OpenAI(options),
    };

    private ConfiguredModel OpenAI(ProviderOptions options)
    {
        var endpoint = new OpenAIEndpoint(options.BaseUrl, options.ApiKey, options.Model);
        return Watched(options, endpoint.Model, new OpenAIChatClient(upstream.Http, endpoint, time, upstream.Pace));
    }

    private ConfiguredModel Registered(ProviderOptions options)
    {
        var client = services.GetKeyedService<IChatClient>(options.Name) ?? throw new ConfigurationException(
            $"Models:Providers names \"{options.Name}\", but no IChatClient is registered under that key.");
        var model = client.GetService<ChatClientMetadata>()?.DefaultModelId ?? options.Name;
        return Watched(options, model, new RegisteredChatClient(client, options.Name, time, log));
    }

    private ConfiguredModel Watched(ProviderOptions options, string model, IChatClient client)
    {
        var limits = timeouts.Value;
        var watched = new ContentWatchdog(
            client,
            new ContentTimeouts { FirstToken = limits.FirstToken, Stall = limits.Stall, Total = limits.Total },
            time);
        return new ConfiguredModel(options.Name, options.Kind, model, watched);
    }
}
