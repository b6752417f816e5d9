using Runnel.Server.Knowledge.Merging;
using Runnel.Streams.Stores;

namespace Runnel.Server.Knowledge.Changes;

/// <summary>What a message changes in what is known.</summary>
internal sealed class KnowledgeChange
{
    /// <summary>Why it changes nothing; null when it does. Then all else is empty.</summary>
    public MergeRefusal? Refused { get; init; }

    /// <summary>The statements that store it; empty when the message says nothing new. Where <see cref="KnowledgeMerge.Unchanged"/>
    /// refuses, somebody else has changed the knowledge meanwhile: plan again.</summary>
    public IReadOnlyList<Participant> Participants { get; init; } = [];

    /// <summary>The entities that the message named, in their order, each once.</summary>
    public IReadOnlyList<LearnedNode> Nodes { get; init; } = [];

    /// <summary>The relations that the message named, in their order, each once.</summary>
    public IReadOnlyList<LearnedEdge> Edges { get; init; } = [];

    /// <summary>What of the model's answer was not usable.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];
}
