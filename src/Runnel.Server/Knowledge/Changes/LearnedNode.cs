using Runnel.Server.Knowledge.Learning;

namespace Runnel.Server.Knowledge.Changes;

/// <summary>An entity of a message, as it is in the graph now.</summary>
/// <param name="Id">Of its node.</param>
/// <param name="Name">As it was spelled first.</param>
/// <param name="Type">What it is.</param>
/// <param name="Description">What this message said of it; null when nothing.</param>
/// <param name="Properties">What this message said that it has.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
/// <param name="IsNew">Whether no earlier message named it.</param>
/// <param name="Contradicts">What of the properties said otherwise before.</param>
internal sealed record LearnedNode(
    string Id,
    string Name,
    EntityType Type,
    string? Description,
    IReadOnlyDictionary<string, string> Properties,
    double Confidence,
    bool IsNew,
    IReadOnlyList<Contradiction> Contradicts);
