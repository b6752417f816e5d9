using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Runnel.Server.Persistence;
using Runnel.Streams.Stores;

namespace Runnel.Server.Hosting;

/// <summary>Turns what was thrown into a problem, and logs what is the server's own fault.</summary>
internal sealed partial class ExceptionProblems(IServerDatabase database, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more; 499 is what the access log shows.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Describe(exception, httpContext.Request).ExecuteAsync(httpContext);
        return true;
    }

    private Problem Describe(Exception exception, HttpRequest request)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: 400 } bad:
                return Problems.MalformedBody(Malformed(bad));
            case BadHttpRequestException bad:
                return Problems.ForStatus(bad.StatusCode);
            case StoreUnavailableException:
            case var _ when database.IsFault(exception):
                LogStoreUnavailable(exception, request.Method, request.Path);
                return Problems.StoreUnavailable();
            default:
                LogUnhandled(exception, request.Method, request.Path);
                return Problems.Internal();
        }
    }

    // The framework's messages name types of ours and the JSON reader's quote the body; only the place is taken from them.
    private static string Malformed(BadHttpRequestException exception) => exception.InnerException switch
    {
        JsonException { Path: { Length: > 1 } path } =>
            $"The field '{path.TrimStart('$', '.')}' is not JSON or of the wrong type. Correct it.",
        JsonException => "The body is not a JSON object. Check quotes, commas and brackets.",
        _ => "The request is incomplete or cannot be read. Check its body and its query.",
    };

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogUnhandled(Exception exception, string method, string path);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} met a store that cannot be used.")]
    private partial void LogStoreUnavailable(Exception exception, string method, string path);
}
