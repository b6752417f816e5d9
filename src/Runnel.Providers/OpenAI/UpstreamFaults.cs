using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Runnel.Providers.OpenAI;

/// <summary>
/// Turns what a server or the network did into a sentence for a person, with host and port and nothing more.
/// </summary>
internal sealed class UpstreamFaults(OpenAIEndpoint endpoint, TimeProvider time)
{
    private readonly string _host = endpoint.ToString();

    /// <summary>A status that is not a success.</summary>
    /// <param name="response">Its head.</param>
    /// <param name="said">What its body says about itself, where there was one.</param>
    public ProviderException Refused(HttpResponseMessage response, ProviderError? said)
    {
        var status = (int)response.StatusCode;
        if (said == ProviderError.ContentRefused) return ContentRefused(status);
        var isUnavailable = status == 429 || status >= 500;
        return new ProviderException(
            isUnavailable ? ProviderError.Unavailable : ProviderError.Rejected, Sentence(status))
        {
            Status = status,
            // A server that does not know the method or the version of HTTP will not learn it in a moment.
            IsPassing = isUnavailable && status is not (501 or 505),
            RetryAfter = isUnavailable ? Wait(response.Headers.RetryAfter) : null,
        };
    }

    /// <summary>An error object inside an answer that began with success.</summary>
    public ProviderException Said(ProviderError error) => error switch
    {
        ProviderError.ContentRefused => ContentRefused(null),
        ProviderError.Unavailable => new(error, $"{_host} broke off with an error of its own. Try again in a moment."),
        _ => new(error, $"{_host} reported an error instead of an answer. Check the model and its settings."),
    };

    public static ProviderException ContentRefused(int? status) =>
        new(ProviderError.ContentRefused, "The model declined to answer this. Ask in another way.") { Status = status };

    public ProviderException Malformed() =>
        new(ProviderError.Malformed, $"{_host} sent something that is not an answer of a model. Try again.");

    /// <summary>A page, say: asking again would bring the same.</summary>
    public ProviderException NotAModel() => new(
        ProviderError.Malformed, $"{_host} does not answer like an OpenAI-compatible server. Check the base URL.")
    {
        IsRetryable = false,
    };

    public ProviderException Redirected(int? status) => new(
        ProviderError.Rejected, $"{_host} redirects to another address. Set the base URL to the final address.")
    {
        Status = status,
    };

    public ProviderException Closed(Exception? cause = null) => new(
        ProviderError.Closed, $"{_host} closed the connection before the answer was complete. Try again.", cause);

    /// <summary>The connection could not be made, or was reset before anything of the answer was seen.</summary>
    public ProviderException Unreachable(Exception cause) => new(
        ProviderError.Unavailable,
        cause is HttpRequestException http ? Sentence(http.HttpRequestError) : Sentence(HttpRequestError.Unknown),
        cause)
    {
        // A certificate that is not trusted stays so.
        IsPassing = cause.InnerException is not AuthenticationException,
    };

    public ProviderException TimedOut(Exception cause) => new(
        ProviderError.Timeout, $"{_host} did not answer in time. Try again.", cause);

    private string Sentence(int status) => status switch
    {
        401 or 403 => $"{_host} refused the API key. Check the key of this model.",
        404 => $"{_host} does not know the model or path. Check the base URL and the name of the model.",
        429 => $"{_host} receives more requests than it allows. Wait a moment and try again.",
        >= 300 and < 400 => $"{_host} redirects to another address. Set the base URL to the final address.",
        >= 500 => $"{_host} cannot answer at the moment (status {status}). Try again in a moment.",
        _ => $"{_host} refused the request (status {status}). Check the model and its settings.",
    };

    private string Sentence(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => $"No server was found at {_host}. Check the base URL.",
        HttpRequestError.ConnectionError => $"{_host} could not be reached. Check that it runs, and the base URL.",
        HttpRequestError.SecureConnectionError =>
            $"No secure connection to {_host} could be made. Check its certificate, and https in the base URL.",
        _ => $"The connection to {_host} was lost. Try again.",
    };

    private TimeSpan? Wait(RetryConditionHeaderValue? retryAfter)
    {
        var wait = retryAfter?.Delta ?? retryAfter?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
