using Runnel.Server.DigitalHumans.Rows;

namespace Runnel.Server.Turns.Context;

/// <summary>Who the model is to be in one turn. It is read once, so that all attempts of the turn are given the same.</summary>
/// <param name="Human">The digital human as it was then.</param>
internal sealed record Character(DigitalHuman Human);
