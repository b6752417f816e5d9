using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Runnel.Server.Hosting;

/// <summary>
/// A refusal as RFC 9457 writes it. It is a value: slices return it as their result, made by <see cref="Problems"/>.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs: stable, snake_case.</param>
/// <param name="Detail">For people: what to do about it.</param>
internal sealed record Problem(int Status, string Code, string Detail) : IResult
{
    /// <summary>For people: what it is. Without <c>type</c>, RFC 9457 wants the phrase of the status here.</summary>
    public string Title { get; init; } = ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>When to try again, rounded up to seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        var body = new ProblemBody(Title, Status, Detail, Code, TraceId(httpContext));
        return response.WriteAsJsonAsync(
            body, HostingJson.Default.ProblemBody, "application/problem+json", httpContext.RequestAborted);
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    private static string TraceId(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
