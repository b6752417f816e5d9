using Runnel.Providers;

namespace Runnel.Server.Training.Running;

/// <summary>Why a round has no question, as people and programs are told.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Sentence">For a person, in English; nothing secret.</param>
/// <param name="IsRetryable">Whether sending again may help.</param>
internal sealed record RoundFailure(string Code, string Sentence, bool IsRetryable)
{
    public const string Internal = "internal";

    public static RoundFailure Stopped { get; } = new(
        "stopped", "The round was stopped. What was learned before that is kept.", true);

    public static RoundFailure Deleted { get; } = new(
        "digital_human_deleted", "The digital human was deleted.", false);

    public string Status => this == Stopped || this == Deleted ? RoundState.Stopped : RoundState.Failed;

    /// <summary>The end that somebody asked for.</summary>
    public static RoundFailure Requested(string code) => code == Deleted.Code ? Deleted : Stopped;

    public static RoundFailure From(Exception exception) => exception switch
    {
        RoundException refused => refused.Failure,
        ProviderException refused => new(refused.WireCode, refused.Message, refused.IsRetryable),
        _ => new(Internal, "Something went wrong in the server. Try again.", true),
    };
}
