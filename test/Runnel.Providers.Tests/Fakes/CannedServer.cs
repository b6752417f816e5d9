using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.AI;
using Runnel.Providers.OpenAI;

namespace Runnel.Providers.Tests.Fakes;

/// <summary>Answers every request with the same bytes and keeps what it was asked.</summary>
internal sealed class CannedServer(Func<HttpResponseMessage> answer) : HttpMessageHandler
{
    public const string Key = "sk-very-secret-0123456789";

    public string Body { get; private set; } = "";

    public Uri? Address { get; private set; }

    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public static CannedServer Stream(params string[] segments) =>
        Stream([.. segments.Select(Encoding.UTF8.GetBytes)]);

    public static CannedServer Stream(IReadOnlyList<byte[]> segments, Exception? breakWith = null) =>
        new(() => Response("text/event-stream", new SegmentedStream(segments, breakWith)));

    public static CannedServer Typed(string? contentType, string body) =>
        new(() => Response(contentType, new SegmentedStream([Encoding.UTF8.GetBytes(body)])));

    public static CannedServer Refusing(int status, string body = "{}", string? retryAfter = null) => new(() =>
    {
        var response = Response("application/json", new SegmentedStream([Encoding.UTF8.GetBytes(body)]));
        response.StatusCode = (HttpStatusCode)status;
        if (retryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    });

    public static CannedServer Throwing(Exception fault) => new(() => throw fault);

    public OpenAIChatClient Client(
        string baseUrl = "https://model.example:8443/v1", string? key = Key, TimeProvider? time = null) =>
        new(new HttpClient(this), new OpenAIEndpoint(baseUrl, key, "gpt-x"), time);

    public async Task<Heard> AskAsync(ChatOptions? options = null)
    {
        using var client = Client();
        return await Heard.FromAsync(client, options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Address = request.RequestUri;
        Body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        var response = answer();
        response.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage Response(string? contentType, Stream body)
    {
        var content = new StreamContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }
}
