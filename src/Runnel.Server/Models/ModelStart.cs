using Microsoft.Extensions.AI;
using Runnel.Providers.Discovery;
using Runnel.Providers.Scripted;
using Runnel.Server.Configuration;

namespace Runnel.Server.Models;

/// <summary>
/// Fills the catalog when the server starts: what is configured, else a model server found on this machine, else the
/// demonstration model; and says in the log which it is.
/// </summary>
internal sealed partial class ModelStart(
    ModelCatalog catalog,
    ModelConnections connections,
    UpstreamClient upstream,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<ModelStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = ConfiguredOptions.Read<ModelsOptions>(configuration, "Models");
        var providers = ModelConfiguration.Read(configuration);
        if (providers.Count == 0 && options.Discover)
            providers.AddRange(await DiscoverAsync(cancellationToken));
        if (providers.Count == 0)
            providers.Add(new ProviderOptions { Name = ScriptedChatClient.ModelName, Kind = ModelKind.Scripted });
        ModelConfiguration.CheckNames(configuration, providers);
        catalog.Fill(providers.ConvertAll(provider => Configure(provider, options.Fallback)), options.Default);
        Say(catalog.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<ProviderOptions>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var candidates = ModelConfiguration.ReadCandidates(configuration);
        var discovery = new LocalModelDiscovery(upstream.Http, candidates, time);
        return await discovery.FindAsync(cancellationToken) is { } found
            ? [new ProviderOptions { Name = found.Name, BaseUrl = found.BaseUrl.AbsoluteUri, Model = found.Model }]
            : [];
    }

    private ConfiguredModel Configure(ProviderOptions options, string? fallback) =>
        connections.Connect(options) with
        {
            ContextTokens = options.ContextTokens,
            RetriesAfterText = options.RetryAfterText,
            Fallback = options.Fallback ?? fallback,
        };

    private void Say(ConfiguredModel model)
    {
        if (model.Kind == ModelKind.Scripted)
            DemonstrationModel(log);
        else
            RealModel(log, model.Name, model.Model, HostOf(model));
    }

    private static string HostOf(ConfiguredModel model) =>
        model.Client.GetService<ChatClientMetadata>()?.ProviderUri?.Authority ?? "this process";

    [LoggerMessage(1, LogLevel.Information, "Answers come from {Name}: {Model} at {Host}.")]
    private static partial void RealModel(ILogger log, string name, string model, string host);

    [LoggerMessage(2, LogLevel.Information, "Answers come from the built-in demonstration model. To connect a real one, set "
        + "OPENAI_API_KEY (and OPENAI_BASE_URL, OPENAI_MODEL), or start Ollama, and start Runnel again.")]
    private static partial void DemonstrationModel(ILogger log);
}
