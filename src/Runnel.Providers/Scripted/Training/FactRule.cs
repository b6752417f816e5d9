using System.Text.RegularExpressions;

namespace Runnel.Providers.Scripted.Training;

/// <summary>A form of sentence and what it says: that the speaker has a property, or a relation to something.</summary>
internal sealed record FactRule(Regex Form)
{
    /// <summary>The property; null where it is a relation.</summary>
    public string? Property { get; init; }

    /// <summary>The type of what the speaker has to do with.</summary>
    public string? Type { get; init; }

    /// <summary>What the speaker has to do with it.</summary>
    public string? Verb { get; init; }
}
