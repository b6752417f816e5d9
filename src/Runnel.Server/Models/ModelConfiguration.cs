using Runnel.Server.Configuration;

namespace Runnel.Server.Models;

/// <summary>Reads which models are configured: <c>Models:Providers</c>, or else the environment variables that OpenAI's own
/// tools read.</summary>
internal static class ModelConfiguration
{
    /// <exception cref="ConfigurationException">A value is wrong; the line names its key.</exception>
    public static List<ProviderOptions> Read(IConfiguration configuration)
    {
        var providers = new List<ProviderOptions>();
        foreach (var section in configuration.GetSection("Models:Providers").GetChildren())
            providers.Add(Checked(section.Path, ConfiguredOptions.Read<ProviderOptions>(configuration, section.Path)));
        if (providers.Count == 0 && FromEnvironment(configuration) is { } single)
            providers.Add(Checked("OPENAI", single));
        CheckNames(providers, configuration["Models:Default"]);
        return providers;
    }

    private static ProviderOptions? FromEnvironment(IConfiguration configuration)
    {
        var (key, url, model) =
            (configuration["OPENAI_API_KEY"], configuration["OPENAI_BASE_URL"], configuration["OPENAI_MODEL"]);
        if (string.IsNullOrWhiteSpace(key) && string.IsNullOrWhiteSpace(url))
            return null;
        var options = new ProviderOptions { Name = "openai", ApiKey = key };
        if (!string.IsNullOrWhiteSpace(url))
            options.BaseUrl = url;
        if (!string.IsNullOrWhiteSpace(model))
            options.Model = model;
        return options;
    }

    private static ProviderOptions Checked(string path, ProviderOptions options)
    {
        var separator = path == "OPENAI" ? "_" : ":";
        if (string.IsNullOrWhiteSpace(options.Name))
            throw new ConfigurationException($"{path}:Name is missing: give the model a name.");
        if (options.Kind == ModelKind.Scripted)
            return options;
        if (!Uri.TryCreate(options.BaseUrl.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            var key = path == "OPENAI" ? "OPENAI_BASE_URL" : $"{path}:BaseUrl";
            throw new ConfigurationException($"{key} must be an http or https address, such as https://api.openai.com/v1.");
        }

        if (string.IsNullOrWhiteSpace(options.Model))
            throw new ConfigurationException($"{path}{separator}{(separator == "_" ? "MODEL" : "Model")} is empty: name a model.");
        return options;
    }

    private static void CheckNames(List<ProviderOptions> providers, string? defaultName)
    {
        var names = providers.Select(provider => provider.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count < providers.Count)
            throw new ConfigurationException("Models:Providers has two models of one name. Names must differ.");
        if (providers.Count > 0 && !string.IsNullOrEmpty(defaultName) && !names.Contains(defaultName))
        {
            throw new ConfigurationException(
                $"Models:Default must be one of {string.Join(", ", names)}, not \"{defaultName}\".");
        }
    }
}
