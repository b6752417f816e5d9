using Runnel.Server.Configuration;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Training.Accepting;

/// <summary>What a request for a round must be like before anything else is asked.</summary>
internal static class RoundRules
{
    public static Problem? Check(TrainRequest request, LimitsOptions limits)
    {
        if (request.DigitalHumanId is null)
            return Problems.Invalid("missing_digital_human_id", "Say in digital_human_id who is to be trained.");
        return MessageText.Check(request.Message, limits.MessageCharacters)
            ?? MessageText.CheckClientId(request.ClientMessageId)
            ?? (request.WhenBusy is null or "reject" or "enqueue"
                ? null
                : Problems.Invalid("invalid_when_busy", "when_busy is reject or enqueue."));
    }
}
