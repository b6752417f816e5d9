using System.Text.Json;
using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>What was learned, as it stands on the wire: the nodes and edges of the knowledge that the message named.</summary>
internal sealed record Extraction(JsonElement Nodes, JsonElement Edges)
{
    public static Extraction Nothing { get; } = Of([], []);

    /// <summary>How many of both.</summary>
    public int Count() => Nodes.GetArrayLength() + Edges.GetArrayLength();

    public static Extraction Of(IReadOnlyList<LearnedNode> nodes, IReadOnlyList<LearnedEdge> edges) =>
        new(WorkflowJson.Element(nodes), WorkflowJson.Element(edges));
}
