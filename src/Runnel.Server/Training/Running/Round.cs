using Runnel.Server.Training.Progress;

namespace Runnel.Server.Training.Running;

/// <summary>A message that a digital human is told, and the work of learning from it.</summary>
/// <param name="RoundId">Its name.</param>
/// <param name="DigitalHumanId">Who is trained.</param>
/// <param name="OwnerId">By whom.</param>
/// <param name="MessageId">The message's name.</param>
/// <param name="Message">What the person said.</param>
/// <param name="Language">In which they are told of progress.</param>
internal sealed record Round(
    string RoundId, long DigitalHumanId, string OwnerId, string MessageId, string Message, Language Language);
