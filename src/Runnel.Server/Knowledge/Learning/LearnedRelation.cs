namespace Runnel.Server.Knowledge.Learning;

/// <summary>What a message said that one entity has to do with another.</summary>
/// <param name="Source">The name of an entity, of this message or already known.</param>
/// <param name="Target">The same.</param>
/// <param name="Type">In words: <c>lives in</c>.</param>
/// <param name="Description">What is said of it, in a sentence; null when nothing is.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
internal sealed record LearnedRelation(string Source, string Target, string Type, string? Description, double Confidence);
