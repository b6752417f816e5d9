using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Merging;

/// <summary>All that one message said of an entity.</summary>
internal sealed record MergedEntity(
    KnowledgeNode Node, string Name, string? Description, IReadOnlyDictionary<string, string> Properties, double Confidence)
{
    public MergedEntity With(MergedEntity again)
    {
        var properties = new Dictionary<string, string>(Properties);
        foreach (var (label, value) in again.Properties)
            properties[label] = value;
        return this with
        {
            Description = again.Description ?? Description,
            Properties = properties,
            Confidence = Math.Max(Confidence, again.Confidence),
        };
    }
}
