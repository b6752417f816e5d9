using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Runnel.Fakes;

/// <summary>
/// An OpenAI-compatible server on a real port that answers what a test, or the prompt, tells it to. Answers that were
/// enqueued or held come first, in order; then what <c>[[…]]</c> in the prompt asks for; else an echo. Thread-safe.
/// </summary>
public sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestLog _log;
    private readonly AnswerQueue _answers;

    private FakeUpstream(WebApplication app, RequestLog log, AnswerQueue answers)
    {
        _app = app;
        _log = log;
        _answers = answers;
    }

    /// <summary>Ends in <c>/v1</c>.</summary>
    public string BaseUrl => $"{_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1";

    /// <summary>Every chat request so far, in order of arrival.</summary>
    public IReadOnlyList<UpstreamRequest> Requests => _log.Requests;

    /// <summary>How many are being answered now.</summary>
    public int ActiveRequests => _log.Active;

    /// <summary>How many the client gave up before they were answered.</summary>
    public int ClientAborts => _log.Aborts;

    /// <summary>What <c>GET /v1/models</c> lists.</summary>
    public IReadOnlyList<string> Models { get; set; } = ["fake"];

    /// <summary>Starts one.</summary>
    /// <param name="port">0: any that is free.</param>
    public static async Task<FakeUpstream> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "fake-upstream" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var answers = new AnswerQueue();
        var log = new RequestLog();
        var upstream = new FakeUpstream(app, log, answers);
        var chat = new ChatEndpoint(log, answers, app.Lifetime.ApplicationStopping);
        app.MapPost("/v1/chat/completions", chat.AnswerAsync);
        app.MapPost("/chat/completions", chat.AnswerAsync);
        app.MapGet("/v1/models", () => ModelList.Of(upstream.Models));
        app.MapGet("/models", () => ModelList.Of(upstream.Models));
        await app.StartAsync();
        return upstream;
    }

    /// <summary>The next request that nobody else took gets this answer.</summary>
    public void Enqueue(Answer answer) => _answers.Enqueue(answer);

    /// <summary>The next request that nobody else took waits for what the test does with the handle.</summary>
    public HeldAnswer Hold()
    {
        var held = new HeldAnswer();
        _answers.Enqueue(held.PlayAsync);
        return held;
    }

    /// <summary>Waits until the request with this number, from 1, has arrived; fails after 30 s without news.</summary>
    public Task<UpstreamRequest> WaitForRequestAsync(int number = 1, CancellationToken cancellationToken = default) =>
        _log.WaitForRequestAsync(number, cancellationToken);

    /// <summary>Waits until so many requests have been given up by the client; fails after 30 s without news.</summary>
    public Task WaitForAbortAsync(int count = 1, CancellationToken cancellationToken = default) =>
        _log.WaitForAbortAsync(count, cancellationToken);

    /// <summary>Waits for Ctrl-C.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
