using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Hosting;

namespace Runnel.Server.Metrics;

/// <summary>
/// Who may read the metrics: this machine, and whoever has the token. Without a configured token there is no way in from
/// outside, so that others find nothing there (404); with one they are told that theirs is missing or wrong (401), since a
/// scraper that is set up wrongly must not look like a server without metrics.
/// </summary>
internal sealed class MetricsAccess(IOptions<MetricsOptions> options)
{
    /// <summary>A proxy on this machine also comes from loopback; what it sends on does not. And where the host was told to trust
    /// proxies, the address is what a header says, which middleware then keeps under another name. So these headers only close.</summary>
    private static readonly string[] Forwarding =
        ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Real-IP"];

    private readonly byte[]? _token = options.Value.Token is { } token ? Hash(token) : null;

    /// <summary>Null for those who may read.</summary>
    public Problem? Refuse(HttpContext http)
    {
        if (IsLocal(http) || HasToken(http.Request))
            return null;
        if (_token is null)
            return Problems.ForStatus(StatusCodes.Status404NotFound);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized(
            "unauthenticated", "Send the header Authorization with a bearer token that equals the setting Metrics:Token.");
    }

    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !Forwarding.Any(http.Request.Headers.ContainsKey);

    private bool HasToken(HttpRequest request)
    {
        const string scheme = "Bearer ";
        return _token is not null
            && request.Headers.Authorization is [{ } header]
            && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(_token, Hash(header[scheme.Length..].Trim()));
    }

    // Hashes are of one length, so that comparing them tells nothing about the token's.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
