namespace Runnel.Providers;

/// <summary>
/// A model could not give a whole answer. The message is a sentence for a person that says what to do; it names at most
/// the host and port of the model, never a key, a header, a path or anything the model's server wrote.
/// </summary>
/// <param name="code">What went wrong.</param>
/// <param name="message">The sentence.</param>
/// <param name="innerException">The fault of the transport, for logs; it may name addresses.</param>
public sealed class ProviderException(ProviderError code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public ProviderError Code { get; } = code;

    /// <summary>The same as <see cref="Code"/>, as clients see it: <c>upstream_unavailable</c> and so on.</summary>
    public string WireCode => Code switch
    {
        ProviderError.Unavailable => "upstream_unavailable",
        ProviderError.Rejected => "upstream_rejected",
        ProviderError.Timeout => "upstream_timeout",
        ProviderError.Stalled => "upstream_stalled",
        ProviderError.Malformed => "upstream_malformed",
        ProviderError.Closed => "upstream_closed",
        ProviderError.TurnTimeout => "turn_timeout",
        ProviderError.ContentRefused => "content_refused",
        _ => throw new InvalidOperationException($"{Code} has no wire code."),
    };

    /// <summary>
    /// Whether the same question may be answered when it is asked again. By default true for all but
    /// <see cref="ProviderError.Rejected"/> and <see cref="ProviderError.ContentRefused"/>.
    /// </summary>
    public bool IsRetryable { get; init; } = code is not (ProviderError.Rejected or ProviderError.ContentRefused);

    /// <summary>
    /// Whether the very same request may well succeed in a moment, so that it is worth trying again without asking a
    /// person. By default true for <see cref="ProviderError.Unavailable"/> only.
    /// </summary>
    public bool IsPassing { get; init; } = code == ProviderError.Unavailable;

    /// <summary>
    /// How long the server asked us to wait, from the moment of the answer; null when it did not say.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status, when the server answered with one that is not a success.</summary>
    public int? Status { get; init; }
}
