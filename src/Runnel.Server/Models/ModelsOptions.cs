namespace Runnel.Server.Models;

/// <summary>Which models there are: <c>Models:*</c>.</summary>
internal sealed class ModelsOptions
{
    /// <summary>The name of the one to use when a message names none; by default the first.</summary>
    public string? Default { get; set; }

    /// <summary>The name of the one that answers in the place of any that cannot and names none itself.</summary>
    public string? Fallback { get; set; }

    /// <summary>Whether to look for a model server on this machine when nothing is configured.</summary>
    public bool Discover { get; set; } = true;

    /// <summary>Whether the model writes a title for a conversation that nobody gave one; the demonstration model never does.</summary>
    public bool Titles { get; set; } = true;
}
