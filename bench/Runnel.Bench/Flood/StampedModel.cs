using System.Diagnostics;
using System.Globalization;

namespace Runnel.Bench.Flood;

/// <summary>A model's server, of which each token says when it was sent. The first comes at once.</summary>
internal sealed class StampedModel : IAsyncDisposable
{
    public const int Tokens = 10;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;

    private StampedModel(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    public static async Task<StampedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.StartAsync();
        return new StampedModel(app);
    }

    /// <summary>How long ago each token in a text was sent, in milliseconds.</summary>
    public static IEnumerable<double> AgesOf(string text)
    {
        var now = Stopwatch.GetTimestamp();
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(stamp => Stopwatch.GetElapsedTime(long.Parse(stamp, CultureInfo.InvariantCulture), now).TotalMilliseconds);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        for (var token = 0; token < Tokens; token++)
        {
            if (token > 0)
                await Task.Delay(Pace, http.RequestAborted);
            var stamp = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
            await WriteAsync(http, $$"""{"index":0,"delta":{"content":" {{stamp}}"},"finish_reason":null}""");
        }

        await WriteAsync(http, """{"index":0,"delta":{},"finish_reason":"stop"}""");
        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, string choice)
    {
        var chunk = $$"""{"id":"1","object":"chat.completion.chunk","created":1,"model":"stamped","choices":[{{choice}}]}""";
        await http.Response.WriteAsync($"data: {chunk}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
