namespace Runnel.Server.Training.Steps;

/// <summary>What is known, from far away.</summary>
/// <param name="ByType">How many things of each type.</param>
/// <param name="ThinAreas">The types of which there are few, the thinnest first.</param>
/// <param name="Names">Some names of each type.</param>
internal sealed record Analysis(
    IReadOnlyDictionary<string, int> ByType,
    IReadOnlyList<string> ThinAreas,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Names);
