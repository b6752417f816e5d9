namespace Runnel.Server.Training.Steps;

/// <summary>What a message is for.</summary>
/// <param name="Kind">One of <see cref="IntentShape.Kinds"/>.</param>
/// <param name="Stage">How far the acquaintance is: one of <see cref="IntentShape.Stages"/>.</param>
/// <param name="Extract">Whether it says anything that is worth to be remembered.</param>
internal sealed record Intent(string Kind, string Stage, bool Extract);
