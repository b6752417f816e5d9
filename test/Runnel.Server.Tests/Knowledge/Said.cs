using Runnel.Server.Knowledge.Learning;

namespace Runnel.Server.Tests.Knowledge;

/// <summary>What a model could have understood.</summary>
internal static class Said
{
    public static LearnedEntity Person(string name, string? description = null, params (string, string)[] properties) =>
        Thing(name, EntityType.Person, description, properties);

    public static LearnedEntity Thing(
        string name, EntityType type, string? description = null, params (string Label, string Value)[] properties) =>
        new(name, type, description, properties.ToDictionary(pair => pair.Label, pair => pair.Value), 0.9);

    public static LearnedRelation Relation(string source, string type, string target, string? description = null) =>
        new(source, target, type, description, 0.8);

    public static Learned All(params LearnedEntity[] entities) => new(entities, []);

    public static Learned With(this Learned learned, params LearnedRelation[] relations) =>
        learned with { Relations = [.. learned.Relations, .. relations] };
}
