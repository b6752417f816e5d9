using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Hosting;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What a message must be like before anything else is asked.</summary>
internal static class MessageRules
{
    private const int MaxClientMessageId = 64;
    private static readonly string[] Busy = ["reject", "enqueue", "interrupt", "rollback"];

    /// <summary>Why a message is refused; null when it is not.</summary>
    public static Problem? Check(SendRequest request, LimitsOptions limits)
    {
        var text = request.Message ?? "";
        if (string.IsNullOrWhiteSpace(text))
            return Problems.Invalid("empty_message", "Write something: the message is empty.");
        if (text.Length > limits.MessageCharacters && text.EnumerateRunes().Count() > limits.MessageCharacters)
        {
            return Problems.Invalid(
                "message_too_long", $"A message has at most {limits.MessageCharacters} characters. Send it in parts.");
        }

        if (request.ClientMessageId is { } id && (id.Length is 0 or > MaxClientMessageId || Texts.Clean(id) != id))
            return Problems.Invalid("invalid_client_message_id", "client_message_id has 1 to 64 characters.");
        if (request.WhenBusy is { } policy && !Busy.Contains(policy))
            return Problems.Invalid("invalid_when_busy", "when_busy is reject, enqueue, interrupt or rollback.");
        if (request.WhenBusy is not (null or "reject"))
            return Problems.Invalid("when_busy_unsupported", "This server takes only when_busy: reject.");
        return request.DigitalHumanId is null
            ? null
            : Problems.NotFound("digital_human_not_found", "There is no such digital human. Leave digital_human_id out.");
    }
}
