namespace Runnel.Server.Turns.Context;

/// <summary>The digital human that was to answer was deleted, or is not public any more, since the turn was accepted.</summary>
internal sealed class CharacterGoneException() : Exception("The digital human that was to answer is gone.");
