using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Models;
using Runnel.Server.Training.Questions;

namespace Runnel.Server.Training.Recalling;

/// <summary>What a round begins with.</summary>
/// <param name="Human">Who is trained.</param>
/// <param name="Model">Who does the thinking.</param>
/// <param name="Message">What the person said.</param>
/// <param name="Rounds">How many rounds there were before.</param>
/// <param name="Asked">The questions that were asked last, the newest first.</param>
internal sealed record Recollection(
    DigitalHuman Human, ConfiguredModel Model, string Message, int Rounds, IReadOnlyList<string> Asked)
{
    /// <summary>Of every question that was ever asked its <see cref="QuestionKey"/>.</summary>
    public required IReadOnlySet<string> AskedKeys { get; init; }

    /// <summary>What the message may be an answer to.</summary>
    public string? LastQuestion => Asked.Count > 0 ? Asked[0] : null;
}
