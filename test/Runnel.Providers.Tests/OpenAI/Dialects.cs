using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.OpenAI;

/// <summary>What each server writes on the wire (the files beside), and what it means.</summary>
internal static class Dialects
{
    private const string Hello = "Hé 😀 世界";

    public static Dictionary<string, Heard> All { get; } = new()
    {
        ["openai"] = new Heard(Hello, "", "stop", 3, 4, "c1", "gpt-x"),
        // A first chunk without choices, a content filter.
        ["azure"] = new Heard(Hello, "", "content_filter", null, null, "c2", "gpt-x"),
        // Usage on the last content chunk.
        ["deepseek"] = new Heard(Hello, "Hm, 思", "length", 1, 2, "c3", "r1"),
        // Usage null in every chunk, then in one without choices; the finish reason on an empty delta.
        ["qwen"] = new Heard(Hello, "Hm, 思", "stop", 5, 6, "c10", "qw"),
        // Comments, no space after the colon, both names of reasoning, an empty finish reason.
        ["openrouter"] = new Heard(Hello, "why", "tool_calls", null, null, "c4", "q"),
        // A count in every chunk, then null; two finish reasons, of which the first counts.
        ["vllm"] = new Heard(Hello, "", "length", 2, 3, "c5", "v"),
        // No finish reason.
        ["ollama"] = new Heard(Hello, "", "stop", null, null, "c6", "l"),
        // No [DONE], null delta, null choices, no choices, fields of no interest.
        ["llama-cpp"] = new Heard(Hello, "", "stop", null, null, "c7", "g"),
        // Half an emoji in each chunk, an event over two lines, no line end at the end.
        ["split-surrogates"] = new Heard(Hello, "", "stop", null, null, "c8", "j"),
        // Content in parts.
        ["mistral"] = new Heard(Hello, "", "stop", null, null, "c9", "m"),
    };

    public static string Wire(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "OpenAI", "Recorded", name + ".sse"));
}
