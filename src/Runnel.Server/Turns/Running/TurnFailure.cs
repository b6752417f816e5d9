using Runnel.Providers;
using Runnel.Server.Turns.Context;

namespace Runnel.Server.Turns.Running;

/// <summary>Why a turn has no whole answer, as people and programs are told.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Sentence">For a person; nothing secret.</param>
/// <param name="IsRetryable">Whether sending again may help.</param>
/// <param name="Status">What the message is from now on.</param>
internal sealed record TurnFailure(string Code, string Sentence, bool IsRetryable, string Status)
{
    public const string Internal = "internal";

    public static TurnFailure Interrupted { get; } =
        new("interrupted", "The server was restarted while this was being written. What you see is kept.", true, "interrupted");

    public static TurnFailure From(Exception exception, bool isInterrupted) => exception switch
    {
        OperationCanceledException when isInterrupted => Interrupted,
        CharacterGoneException => new(
            "digital_human_gone", "The digital human of this conversation is not there any more.", false, "failed"),
        ProviderException refused => new(refused.WireCode, refused.Message, refused.IsRetryable, "failed"),
        _ => new(Internal, "Something went wrong in the server. Try again.", true, "failed"),
    };
}
