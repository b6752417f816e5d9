using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Runnel.Server.Configuration;

namespace Runnel.Server.Gates;

/// <summary>
/// Behind a proxy the caller's address, and whether they came over TLS, stand in headers, which anybody can send. They are read
/// where the connection comes from a proxy that the operator named, as far back as such proxies go, and nowhere else.
/// </summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services, HttpOptions http) =>
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            if (http.TrustedProxies.Count == 0)
                return;
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var text in http.TrustedProxies)
                forwarded.KnownIPNetworks.Add(NetworkOf(text));
        });

    public static void UseTrustedProxies(this WebApplication app, HttpOptions http)
    {
        if (http.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
    }

    private static System.Net.IPNetwork NetworkOf(string text)
    {
        if (System.Net.IPNetwork.TryParse(text, out var network))
            return network;
        var address = IPAddress.Parse(text);
        return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
