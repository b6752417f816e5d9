namespace Runnel.Providers;

/// <summary>What went wrong between us and a model. Every member has one stable wire code.</summary>
public enum ProviderError
{
    /// <summary>
    /// <c>upstream_unavailable</c>: refused or reset connection, no such host, TLS failure, 429 or a 5xx status.
    /// </summary>
    Unavailable,

    /// <summary>
    /// <c>upstream_rejected</c>: the server understood us and refuses: key, model, path or parameters.
    /// </summary>
    Rejected,

    /// <summary><c>upstream_timeout</c>: no visible content came in time.</summary>
    Timeout,

    /// <summary><c>upstream_stalled</c>: visible content came, and then no more of it in time.</summary>
    Stalled,

    /// <summary><c>upstream_malformed</c>: what came is not what an OpenAI-compatible server says.</summary>
    Malformed,

    /// <summary><c>upstream_closed</c>: the stream ended before the answer was whole.</summary>
    Closed,

    /// <summary><c>turn_timeout</c>: the answer as a whole took too long.</summary>
    TurnTimeout,

    /// <summary><c>content_refused</c>: the model, or a filter in front of it, declined to answer.</summary>
    ContentRefused,
}
