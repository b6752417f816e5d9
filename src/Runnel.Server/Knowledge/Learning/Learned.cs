namespace Runnel.Server.Knowledge.Learning;

/// <summary>What a model learned from one message.</summary>
internal sealed record Learned(IReadOnlyList<LearnedEntity> Entities, IReadOnlyList<LearnedRelation> Relations);
