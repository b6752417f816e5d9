using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Runnel.Server.Tests.Cluster.Machines;

/// <summary>What stands for a server behind the proxy, and answers as a test says.</summary>
internal sealed class PuppetNode : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly RequestDelegate _answer;

    private PuppetNode(RequestDelegate answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it was asked, with the bodies.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static async Task<PuppetNode> StartAsync(RequestDelegate answer)
    {
        var node = new PuppetNode(answer);
        await node._app.StartAsync();
        return node;
    }

    /// <summary>One that answers every request with a status and what it was asked.</summary>
    public static Task<PuppetNode> StartAsync(int status) => StartAsync(async http =>
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "7";
        await http.Response.WriteAsync($"{http.Request.Method} {http.Request.Headers["X-Forwarded-For"]} "
            + $"{http.Request.Headers["X-Forwarded-Proto"]} {http.Request.Headers.Host}");
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path} {await reader.ReadToEndAsync()}");
        await _answer(http);
    }
}
