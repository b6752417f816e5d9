using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Knowledge.Searching;

namespace Runnel.Server.Turns.Context;

/// <summary>Who the model is to be in one turn. It is read once, so that all attempts of the turn are given the same.</summary>
/// <param name="Human">The digital human as it was then.</param>
/// <param name="Known">What it knew that has to do with the message, what fits best first.</param>
internal sealed record Character(DigitalHuman Human, IReadOnlyList<KnownFact> Known);
