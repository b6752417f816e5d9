using Runnel.Providers.OpenAI;

namespace Runnel.Server.Models;

/// <summary>The one HTTP client for all models.</summary>
internal sealed class UpstreamClient : IDisposable
{
    public HttpClient Http { get; } = UpstreamHttp.Create();

    public void Dispose() => Http.Dispose();
}
