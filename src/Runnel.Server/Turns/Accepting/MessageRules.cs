using Runnel.Server.Configuration;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What a message must be like before anything else is asked. Each says why it is refused, or null.</summary>
internal static class MessageRules
{
    private const int MaxClientMessageId = 64;

    private static readonly Dictionary<string, BusyPolicy> Busy = new()
    {
        ["reject"] = BusyPolicy.Reject,
        ["enqueue"] = BusyPolicy.Enqueue,
        ["interrupt"] = BusyPolicy.Interrupt,
        ["rollback"] = BusyPolicy.Rollback,
    };

    public static Problem? Check(SendRequest request, LimitsOptions limits)
    {
        if ((CheckText(request.Message, limits) ?? CheckManner(request.ClientMessageId, request.WhenBusy)) is { } refused)
            return refused;
        return request.DigitalHumanId is null
            ? null
            : Problems.NotFound("digital_human_not_found", "There is no such digital human. Leave digital_human_id out.");
    }

    public static Problem? CheckText(string? text, LimitsOptions limits)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Problems.Invalid("empty_message", "Write something: the message is empty.");
        return Texts.IsLonger(text, limits.MessageCharacters)
            ? Problems.Invalid(
                "message_too_long", $"A message has at most {limits.MessageCharacters} characters. Send it in parts.")
            : null;
    }

    /// <summary>The members that every request for a turn has.</summary>
    public static Problem? CheckManner(string? clientMessageId, string? whenBusy)
    {
        if (clientMessageId is { } id && (id.Length is 0 or > MaxClientMessageId || Texts.Clean(id) != id))
            return Problems.Invalid("invalid_client_message_id", "client_message_id has 1 to 64 characters.");
        return whenBusy is null || Busy.ContainsKey(whenBusy)
            ? null
            : Problems.Invalid("invalid_when_busy", "when_busy is reject, enqueue, interrupt or rollback.");
    }

    /// <summary>A policy that passed the rules.</summary>
    public static BusyPolicy Policy(string? whenBusy) => whenBusy is null ? BusyPolicy.Reject : Busy[whenBusy];
}
