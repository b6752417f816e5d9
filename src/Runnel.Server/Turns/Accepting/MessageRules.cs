using Runnel.Server.Configuration;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Turns.Accepting;

/// <summary>What a message must be like before anything else is asked. Each says why it is refused, or null.</summary>
internal static class MessageRules
{
    private static readonly Dictionary<string, BusyPolicy> Busy = new()
    {
        ["reject"] = BusyPolicy.Reject,
        ["enqueue"] = BusyPolicy.Enqueue,
        ["interrupt"] = BusyPolicy.Interrupt,
        ["rollback"] = BusyPolicy.Rollback,
    };

    public static Problem? Check(SendRequest request, LimitsOptions limits) =>
        CheckText(request.Message, limits) ?? CheckManner(request.ClientMessageId, request.WhenBusy);

    public static Problem? CheckText(string? text, LimitsOptions limits) => MessageText.Check(text, limits.MessageCharacters);

    /// <summary>The members that every request for a turn has.</summary>
    public static Problem? CheckManner(string? clientMessageId, string? whenBusy)
    {
        if (MessageText.CheckClientId(clientMessageId) is { } refused)
            return refused;
        return whenBusy is null || Busy.ContainsKey(whenBusy)
            ? null
            : Problems.Invalid("invalid_when_busy", "when_busy is reject, enqueue, interrupt or rollback.");
    }

    /// <summary>A policy that passed the rules.</summary>
    public static BusyPolicy Policy(string? whenBusy) => whenBusy is null ? BusyPolicy.Reject : Busy[whenBusy];
}
