using Runnel.Providers.Discovery;
using Runnel.Providers.OpenAI;
using Runnel.Server.Configuration;

namespace Runnel.Server.Models;

/// <summary>Reads which models are configured: <c>Models:Providers</c>, or else the environment variables that OpenAI's own
/// tools read. A wrong value throws a <see cref="ConfigurationException"/> with a line that names the key.</summary>
internal static class ModelConfiguration
{
    public static List<ProviderOptions> Read(IConfiguration configuration)
    {
        var providers = new List<ProviderOptions>();
        foreach (var section in configuration.GetSection("Models:Providers").GetChildren())
        {
            var options = ConfiguredOptions.Read<ProviderOptions>(configuration, section.Path);
            providers.Add(Checked(options, name => $"{section.Path}:{name}"));
        }

        if (providers.Count == 0 && FromEnvironment(configuration) is { } single)
            providers.Add(Checked(single, EnvironmentVariable));
        var names = providers.Select(provider => provider.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count < providers.Count)
            throw new ConfigurationException("Models:Providers has two models of one name. Names must differ.");
        if (providers.Count > 0)
            CheckNames(configuration, providers);
        return providers;
    }

    /// <summary>Checks that the default and what stands in are among the models that there are in the end.</summary>
    public static void CheckNames(IConfiguration configuration, List<ProviderOptions> providers)
    {
        var names = providers.ConvertAll(provider => provider.Name);
        CheckName("Models:Default", configuration["Models:Default"], names);
        CheckName("Models:Fallback", configuration["Models:Fallback"], names);
        var sections = configuration.GetSection("Models:Providers").GetChildren();
        foreach (var (section, provider) in sections.Zip(providers))
            CheckName($"{section.Path}:Fallback", provider.Fallback, names.Except([provider.Name]));
    }

    /// <summary>Where to look for a model server: <c>Models:DiscoverAt</c>; null for the usual places.</summary>
    public static List<LocalModelCandidate>? ReadCandidates(IConfiguration configuration)
    {
        var candidates = new List<LocalModelCandidate>();
        foreach (var place in configuration.GetSection("Models:DiscoverAt").GetChildren())
        {
            if (!Uri.TryCreate(place.Value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                throw new ConfigurationException($"{place.Path} must be an address such as http://127.0.0.1:11434/v1.");
            candidates.Add(new LocalModelCandidate("local", address));
        }

        return candidates.Count == 0 ? null : candidates;
    }

    private static void CheckName(string key, string? name, IEnumerable<string> names)
    {
        if (string.IsNullOrEmpty(name) || names.Contains(name, StringComparer.OrdinalIgnoreCase))
            return;
        var choice = string.Join(", ", names);
        throw new ConfigurationException(choice.Length == 0
            ? $"{key} is \"{name}\", but there is no other model."
            : $"{key} must be one of {choice}, not \"{name}\".");
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

    private static string EnvironmentVariable(string name) => name switch
    {
        nameof(ProviderOptions.BaseUrl) => "OPENAI_BASE_URL",
        nameof(ProviderOptions.ApiKey) => "OPENAI_API_KEY",
        _ => "OPENAI_MODEL",
    };

    private static ProviderOptions Checked(ProviderOptions options, Func<string, string> key)
    {
        if (string.IsNullOrWhiteSpace(options.Name))
            throw new ConfigurationException($"{key("Name")} is missing: give the model a name.");
        if (options.Kind != ModelKind.OpenAI)
            return options;
        if (string.IsNullOrWhiteSpace(options.Model))
            throw new ConfigurationException($"{key("Model")} is empty: name a model.");
        try
        {
            _ = new OpenAIEndpoint(options.BaseUrl, options.ApiKey, options.Model);
            return options;
        }
        catch (ArgumentException wrong)
        {
            throw new ConfigurationException(wrong.ParamName == "apiKey"
                ? $"{key("ApiKey")} has characters that no key has. Copy it again."
                : $"{key("BaseUrl")} must be an http or https address, such as https://api.openai.com/v1.");
        }
    }
}
