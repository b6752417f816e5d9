using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Runnel.Providers.OpenAI;

namespace Runnel.Bench;

/// <summary>CPU and allocations per token of reading the same answer from memory, with our reader and with the SDK of OpenAI. They
/// take turns, so that both meet the same noise; the median of the rounds counts.</summary>
internal static class ReadBench
{
    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        var (answers, tokens) = (arguments.Number("answers", 200), arguments.Number("tokens", 2000));
        var frames = arguments.Number("frames", 1);
        using var http = new HttpClient(new CannedAnswer(tokens, frames));
        var ours = new OpenAIChatClient(http, new OpenAIEndpoint("http://canned/v1", "key", "canned"));
        var theirs = new ChatClient("canned", new ApiKeyCredential("key"), new OpenAIClientOptions
        {
            Endpoint = new Uri("http://canned/v1"),
            Transport = new HttpClientPipelineTransport(http),
        });
        var (own, other) = (new List<Sample>(), new List<Sample>());
        // The first round of each is for the compiler.
        for (var round = 0; round <= arguments.Number("rounds", 5); round++)
        {
            own.Add(await MeasureAsync(() => ReadAsync(ours), answers, tokens));
            other.Add(await MeasureAsync(() => ReadAsync(theirs), answers, tokens));
        }

        Report(Median(own.Skip(1)), Median(other.Skip(1)), frames);
        return 0;
    }

    private static async Task<int> ReadAsync(OpenAIChatClient client)
    {
        var read = 0;
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "go")]))
            read += update.Text.Length;
        return read;
    }

    private static async Task<int> ReadAsync(ChatClient client)
    {
        var read = 0;
        await foreach (var update in client.CompleteChatStreamingAsync(new UserChatMessage("go")))
            read += update.ContentUpdate.Sum(part => part.Text.Length);
        return read;
    }

    private static async Task<Sample> MeasureAsync(Func<Task<int>> read, int answers, int tokens)
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < answers; i++)
        {
            if (await read() != tokens * CannedAnswer.Token.Length)
                throw new InvalidOperationException("Not all of the answer was read.");
        }

        var all = (double)answers * tokens;
        return new Sample(
            (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / all,
            (GC.GetTotalAllocatedBytes() - allocated) / all);
    }

    private static Sample Median(IEnumerable<Sample> samples) =>
        samples.OrderBy(sample => sample.Microseconds).ElementAt(samples.Count() / 2);

    private static void Report(Sample ours, Sample theirs, int frames) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        frames_per_read = frames,
        runnel_us_per_token = Math.Round(ours.Microseconds, 3),
        openai_us_per_token = Math.Round(theirs.Microseconds, 3),
        ratio = Math.Round(theirs.Microseconds / ours.Microseconds, 2),
        runnel_bytes_per_token = Math.Round(ours.Bytes),
        openai_bytes_per_token = Math.Round(theirs.Bytes),
    }));

    private sealed record Sample(double Microseconds, double Bytes);
}
