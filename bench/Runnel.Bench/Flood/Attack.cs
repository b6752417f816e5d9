using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Runnel.Bench.Flood;

/// <summary>
/// A process of its own that asks as fast as it is answered, and prints how. <c>api</c>: half of its workers send messages, half
/// open streams and keep each for a moment. <c>login</c>: all sign in, with the right password. <c>live</c>: all ask for the
/// cheapest thing there is, for comparison.
/// </summary>
internal static class Attack
{
    public const string Password = "correct horse";

    private static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(500);

    private static readonly object LongMessage = new { message = new string('x', 20_000) };

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        using var client = new HttpClient { BaseAddress = new Uri(arguments.Text("server", "")) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", arguments.Text("token", ""));
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(arguments.Number("seconds", 20)));
        var (workers, kind) = (arguments.Number("workers", 32), arguments.Text("kind", "api"));
        var answers = new ConcurrentDictionary<string, int>();
        var open = new ConcurrentBag<Task>();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    var answer = kind switch
                    {
                        "live" => await LiveAsync(client, end.Token),
                        "login" => await LoginAsync(client, arguments.Text("email", ""), end.Token),
                        _ when worker % 2 == 0 => await SendAsync(client, end.Token),
                        _ => await OpenAsync(client, open, end.Token),
                    };
                    answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
                }
                catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
                {
                    if (!end.IsCancellationRequested)
                        answers.AddOrUpdate(exception.GetType().Name, 1, (_, count) => count + 1);
                }
            }
        }));
        await Task.WhenAll(open);
        Console.WriteLine(string.Join(", ", answers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}: {pair.Value}")));
        return 0;
    }

    private static async Task<string> LiveAsync(HttpClient client, CancellationToken end)
    {
        using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), end);
        return $"live {(int)answer.StatusCode}";
    }

    private static async Task<string> LoginAsync(HttpClient client, string email, CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login");
        request.Content = JsonContent.Create(new { email, password = Password });
        // As nobody: whoever is signed in has an allowance of their own.
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "none");
        using var answer = await client.SendAsync(request, end);
        return $"login {(int)answer.StatusCode}";
    }

    private static async Task<string> SendAsync(HttpClient client, CancellationToken end)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/conversations/send", LongMessage, end);
        return $"send {(int)answer.StatusCode}";
    }

    private static async Task<string> OpenAsync(HttpClient client, ConcurrentBag<Task> open, CancellationToken end)
    {
        var answer = await client.GetAsync(
            new Uri("/api/v1/conversations/stream?after=0", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, end);
        var status = (int)answer.StatusCode;
        if (status == 200)
            open.Add(ReadAsync(answer, end));
        else
            answer.Dispose();
        return $"stream {status}";
    }

    private static async Task ReadAsync(HttpResponseMessage answer, CancellationToken end)
    {
        using (answer)
        {
            try
            {
                var body = await answer.Content.ReadAsStreamAsync(end);
                var buffer = new byte[64 * 1024];
                for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Kept;)
                    await body.ReadAsync(buffer, end).AsTask().WaitAsync(Kept, end);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or TimeoutException)
            {
                // Long enough, or the end.
            }
        }
    }
}
