namespace Runnel.Server.Hosting;

/// <summary>The one place where refusals are made, for slices and for what the framework refuses by itself.</summary>
internal static class Problems
{
    public static Problem BadRequest(string code, string detail) => new(400, code, detail);

    public static Problem Unauthorized(string code, string detail) => new(401, code, detail);

    public static Problem Forbidden(string code, string detail) => new(403, code, detail);

    public static Problem NotFound(string code, string detail) => new(404, code, detail);

    public static Problem Conflict(string code, string detail) => new(409, code, detail);

    /// <summary>The request can be read, but means nothing that could be done.</summary>
    public static Problem Invalid(string code, string detail) => new(422, code, detail);

    public static Problem TooMany(string code, string detail, TimeSpan retryAfter) =>
        new(429, code, detail) { RetryAfter = retryAfter };

    public static Problem Unavailable(string code, string detail, TimeSpan retryAfter) =>
        new(503, code, detail) { RetryAfter = retryAfter };

    public static Problem Draining() => Unavailable(
        "draining", "The server is restarting. Try again in a moment.", TimeSpan.FromSeconds(2));

    public static Problem MalformedBody(string detail) => BadRequest("malformed_body", detail);

    public static Problem StoreUnavailable() => Unavailable(
        "store_unavailable", "The database cannot be used at the moment. Try again later.", TimeSpan.FromSeconds(1));

    /// <summary>A bug or a fault that nobody foresaw: nothing of it leaves the server but the trace id.</summary>
    public static Problem Internal() => new(
        500, "internal", "Something went wrong in the server. Tell its operator the trace id; the log has the rest.");

    /// <summary>For a status that came without a body.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        400 => BadRequest("bad_request", "The request cannot be read. Check its path, query and headers."),
        401 => Unauthorized("unauthenticated", "Sign in, and send the cookie or an Authorization header with a bearer token."),
        403 => Forbidden("forbidden", "This account may not do that."),
        404 => NotFound("not_found", "There is nothing at this address. Check the path."),
        405 => new(405, "method_not_allowed", "Use one of the methods that the header Allow names."),
        408 => new(408, "request_timeout", "The request came too slowly. Send it again."),
        413 => new(413, "body_too_large", "The body is larger than this server takes. Send a smaller one."),
        415 => new(415, "unsupported_media_type", "Send JSON, with the header Content-Type: application/json."),
        431 => new(431, "headers_too_large", "The headers are larger than this server takes. Send smaller ones."),
        503 => Unavailable("unavailable", "The server cannot answer now. Try again later.", TimeSpan.FromSeconds(1)),
        >= 500 => Internal() with { Status = status },
        _ => new(status, "refused", "The request was refused."),
    };
}
