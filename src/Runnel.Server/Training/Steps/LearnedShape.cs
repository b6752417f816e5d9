using System.Text.Json;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Training.Structured;

namespace Runnel.Server.Training.Steps;

/// <summary>The form in which a model says what it learned. How much of it can be stored is a matter of the knowledge.</summary>
internal static class LearnedShape
{
    private const string Place = "answer";

    private static readonly string[] Types = [.. EntityTypes.All.Select(type => type.Word())];

    public static AnswerShape<Learned> Instance { get; } = new("training_knowledge", AnswerShape<Learned>.Parse(
        """
        {
          "type": "object",
          "properties": {
            "entities": {"type": "array", "items": {
              "type": "object",
              "properties": {
                "name": {"type": "string"},
                "type": {"type": "string", "enum":
                  ["person", "organization", "location", "skill", "hobby", "event", "date", "concept", "other"]},
                "description": {"type": ["string", "null"]},
                "properties": {"type": "array", "items": {
                  "type": "object",
                  "properties": {"name": {"type": "string"}, "value": {"type": "string"}},
                  "required": ["name", "value"],
                  "additionalProperties": false
                }},
                "confidence": {"type": "number"}
              },
              "required": ["name", "type", "description", "properties", "confidence"],
              "additionalProperties": false
            }},
            "relations": {"type": "array", "items": {
              "type": "object",
              "properties": {
                "source": {"type": "string"},
                "target": {"type": "string"},
                "type": {"type": "string"},
                "description": {"type": ["string", "null"]},
                "confidence": {"type": "number"}
              },
              "required": ["source", "target", "type", "description", "confidence"],
              "additionalProperties": false
            }}
          },
          "required": ["entities", "relations"],
          "additionalProperties": false
        }
        """), Read);

    private static Reading<Learned> Read(JsonElement answer) => new Learned(
        [.. answer.Objects("entities", Place).Select(entity => Entity(entity.Item, entity.Place))],
        [.. answer.Objects("relations", Place).Select(relation => Relation(relation.Item, relation.Place))]);

    private static LearnedEntity Entity(JsonElement json, string place)
    {
        EntityTypes.TryRead(json.OneOf("type", place, Types), out var type);
        return new LearnedEntity(
            json.Text("name", place),
            type,
            json.TextOrNull("description", place),
            Properties(json, place),
            json.Share("confidence", place));
    }

    /// <summary>Of one that is named twice, the last counts.</summary>
    private static Dictionary<string, string> Properties(JsonElement json, string place)
    {
        var properties = new Dictionary<string, string>();
        foreach (var (property, at) in json.Objects("properties", place))
            properties[property.Text("name", at)] = property.Text("value", at);
        return properties;
    }

    private static LearnedRelation Relation(JsonElement json, string place) => new(
        json.Text("source", place),
        json.Text("target", place),
        json.Text("type", place),
        json.TextOrNull("description", place),
        json.Share("confidence", place));
}
