using Runnel.Server.Knowledge.Graphs;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>An edge as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The id of the node that it starts from.</param>
/// <param name="Target">The id of the node that it leads to.</param>
/// <param name="Type">As it was spelled first.</param>
/// <param name="Description">The newest; null when there is none.</param>
/// <param name="Confidence">How sure the model was when it was said last, 0 to 1.</param>
/// <param name="MessageId">The message that said it first.</param>
/// <param name="RoundId">The round of that message.</param>
/// <param name="LearnedAt">When.</param>
/// <param name="SupersededBy">The id of the edge that took its place; null while it holds.</param>
/// <param name="Sources">The messages that said it, the newest first, at most <see cref="FactSource.Most"/>.</param>
internal sealed record EdgeItem(
    string Id,
    string Source,
    string Target,
    string Type,
    string? Description,
    double Confidence,
    string MessageId,
    string RoundId,
    DateTimeOffset LearnedAt,
    string? SupersededBy,
    IReadOnlyList<FactSource> Sources)
{
    public static EdgeItem Of(KnownGraph graph, EdgeState edge)
    {
        var first = edge.Relations[0].First;
        return new(
            edge.Edge.EdgeId,
            edge.Edge.SourceId,
            edge.Edge.TargetId,
            edge.Type,
            edge.Descriptions is [var newest, ..] ? newest.Fact.Text : null,
            edge.Relations.MaxBy(relation => relation.Newest.Id)!.Newest.Confidence,
            first.MessageId,
            first.RoundId,
            first.LearnedAt,
            edge.SupersededBy?.EdgeId,
            FactSource.Of(graph.Of(edge.Edge.EdgeId)));
    }
}
