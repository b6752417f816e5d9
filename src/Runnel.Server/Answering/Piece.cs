namespace Runnel.Server.Answering;

/// <summary>Text of an answer, or of the reasoning before it, that nobody has seen yet.</summary>
internal readonly record struct Piece(string Text, bool IsReasoning);
