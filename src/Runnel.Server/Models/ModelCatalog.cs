namespace Runnel.Server.Models;

/// <summary>The models of this server; filled once, before it takes requests.</summary>
internal sealed class ModelCatalog
{
    private string? _default;

    public IReadOnlyList<ConfiguredModel> Items { get; private set; } = [];

    public ConfiguredModel Default => Find(null)!;

    public void Fill(IReadOnlyList<ConfiguredModel> items, string? defaultName) => (Items, _default) = (items, defaultName);

    /// <summary>The model of a name, or the default for none; null when there is no such model.</summary>
    public ConfiguredModel? Find(string? name)
    {
        var wanted = string.IsNullOrEmpty(name) ? _default ?? Items[0].Name : name;
        return Items.FirstOrDefault(model => string.Equals(model.Name, wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The model that answers in the place of another; null when none does.</summary>
    public ConfiguredModel? StandInFor(ConfiguredModel model) =>
        string.IsNullOrEmpty(model.Fallback) ? null : Find(model.Fallback);
}
