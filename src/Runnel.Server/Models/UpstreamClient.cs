using Runnel.Providers.OpenAI;
using Runnel.Providers.Pacing;

namespace Runnel.Server.Models;

/// <summary>The one HTTP client for all models, and how often all their answers are read.</summary>
internal sealed class UpstreamClient(TimeProvider time) : IDisposable
{
    public HttpClient Http { get; } = UpstreamHttp.Create();

    public ReadPace Pace { get; } = new(time);

    public void Dispose()
    {
        Http.Dispose();
        Pace.Dispose();
    }
}
