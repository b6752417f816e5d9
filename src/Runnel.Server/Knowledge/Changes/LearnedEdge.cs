namespace Runnel.Server.Knowledge.Changes;

/// <summary>A relation of a message, as it is in the graph now.</summary>
/// <param name="Id">Of its edge.</param>
/// <param name="Source">The id of the node that it starts from.</param>
/// <param name="SourceName">The name of that node.</param>
/// <param name="Target">The id of the node that it leads to.</param>
/// <param name="TargetName">The name of that node.</param>
/// <param name="Type">In words, as it was spelled first.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
/// <param name="IsNew">Whether no earlier message said so.</param>
/// <param name="Contradicts">What was said otherwise before.</param>
internal sealed record LearnedEdge(
    string Id,
    string Source,
    string SourceName,
    string Target,
    string TargetName,
    string Type,
    double Confidence,
    bool IsNew,
    IReadOnlyList<Contradiction> Contradicts);
