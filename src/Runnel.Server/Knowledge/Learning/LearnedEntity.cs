namespace Runnel.Server.Knowledge.Learning;

/// <summary>Something that a message named, as the model understood it.</summary>
/// <param name="Name">As it is spelled there.</param>
/// <param name="Type">What it is.</param>
/// <param name="Description">What is said of it, in a sentence; null when nothing is.</param>
/// <param name="Properties">What it has, one value each: <c>age</c> is <c>31</c>.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
internal sealed record LearnedEntity(
    string Name, EntityType Type, string? Description, IReadOnlyDictionary<string, string> Properties, double Confidence);
