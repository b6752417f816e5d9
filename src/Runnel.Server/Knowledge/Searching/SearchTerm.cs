namespace Runnel.Server.Knowledge.Searching;

/// <summary>A token that is looked for.</summary>
/// <param name="Text">The token, with the digital human's number before it.</param>
/// <param name="IsPrefix">Whether tokens that only begin with it are meant too.</param>
internal readonly record struct SearchTerm(string Text, bool IsPrefix);
