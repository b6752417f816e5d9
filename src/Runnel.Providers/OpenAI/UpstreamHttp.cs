namespace Runnel.Providers.OpenAI;

/// <summary>The transport that streams of models want.</summary>
public static class UpstreamHttp
{
    /// <summary>
    /// A client without a time limit of its own, which follows no redirect, keeps no cookie, gives up a connect
    /// after 10 s, and looks up names anew every 2 minutes. One is enough for all models; its owner disposes it.
    /// </summary>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
