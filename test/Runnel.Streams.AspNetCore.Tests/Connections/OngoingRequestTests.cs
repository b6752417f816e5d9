using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Runnel.Streams.AspNetCore.Connections;

namespace Runnel.Streams.AspNetCore.Tests.Connections;

/// <summary>The clock may want to cut a client just when its response ends by itself.</summary>
public sealed class OngoingRequestTests
{
    [Fact]
    public void Request_IsAborted_WhileItLasts()
    {
        var life = new Life();
        var request = new OngoingRequest(Of(life));

        request.Abort();

        Assert.True(life.IsAborted);
    }

    [Fact]
    public void NextRequest_IsLeftAlone_WhenTheResponseHasEnded()
    {
        var life = new Life();
        var request = new OngoingRequest(Of(life));
        request.End();

        request.Abort();

        Assert.False(life.IsAborted);
    }

    [Fact]
    public void Abort_DoesNothing_WhenTheContextIsGone()
    {
        var http = Of(new Life());
        var request = new OngoingRequest(http);
        request.End();
        http.Uninitialize();

        request.Abort();

        Assert.Throws<ObjectDisposedException>(http.Abort);
    }

    private static DefaultHttpContext Of(Life life)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpRequestLifetimeFeature>(life);
        return new DefaultHttpContext(features);
    }

    private sealed class Life : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
