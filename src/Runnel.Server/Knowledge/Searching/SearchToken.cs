namespace Runnel.Server.Knowledge.Searching;

/// <summary>A piece of text that is searched by: a word, a pair of neighbours in a run of characters that is written without spaces,
/// or the last character of such a run.</summary>
/// <param name="Text">Folded; only characters that every search takes as they are.</param>
/// <param name="EndsRun">Whether it is the last character of a run: so that each character begins some token.</param>
/// <param name="IsAlone">Whether the run has no other character.</param>
internal readonly record struct SearchToken(string Text, bool EndsRun = false, bool IsAlone = false);
