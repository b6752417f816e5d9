using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Graphs;

/// <summary>A fact and who said it.</summary>
/// <param name="Fact">What was said.</param>
/// <param name="Sources">By which messages, the oldest first: at least one, and always the oldest and the newest.</param>
internal sealed record SaidFact(KnowledgeFact Fact, IReadOnlyList<KnowledgeSource> Sources)
{
    public KnowledgeSource First => Sources[0];

    public KnowledgeSource Newest => Sources[^1];
}
