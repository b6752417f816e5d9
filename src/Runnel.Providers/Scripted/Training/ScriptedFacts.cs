using System.Text.RegularExpressions;

namespace Runnel.Providers.Scripted.Training;

/// <summary>What sentences of a few forms say, as entities and relations around the person who speaks.</summary>
internal sealed record ScriptedFacts(IReadOnlyList<ScriptedFacts.Entity> Entities, IReadOnlyList<ScriptedFacts.Relation> Relations)
{
    private const double Sure = 0.9;

    public static ScriptedFacts Of(string message)
    {
        var entities = new Dictionary<string, Entity>(StringComparer.OrdinalIgnoreCase);
        var relations = new List<Relation>();
        foreach (var rule in FactRules.All)
        {
            foreach (Match match in rule.Form.Matches(message))
            {
                var value = match.Groups["value"].Value.Trim();
                if (value.Length is 0 or > 100) continue;
                var speaker = Add(entities, FactRules.SpeakerOf(message), "person");
                if (rule.Property is { } property)
                {
                    speaker.Properties.RemoveAll(other => other.Name == property);
                    speaker.Properties.Add(new(property, value));
                    continue;
                }

                Add(entities, value, rule.Type!);
                relations.Add(new(speaker.Name, value, rule.Verb!, null, Sure));
            }
        }

        return new([.. entities.Values], [.. relations.Distinct()]);
    }

    private static Entity Add(Dictionary<string, Entity> entities, string name, string type)
    {
        if (!entities.TryGetValue(name, out var entity))
            entities[name] = entity = new(name, type, null, [], Sure);
        return entity;
    }

    internal sealed record Entity(string Name, string Type, string? Description, List<Property> Properties, double Confidence);

    internal sealed record Property(string Name, string Value);

    internal sealed record Relation(string Source, string Target, string Type, string? Description, double Confidence);
}
