using System.Text.Json;

namespace Runnel.Fakes;

/// <summary>The JSON of chunks, written by hand so that a test sees what is on the wire.</summary>
public static class Wire
{
    private const string Head = """{"id":"chatcmpl-fake","object":"chat.completion.chunk","created":1,"model":"fake",""";

    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public static string Role() => Choice("""{"role":"assistant","content":""}""", null);

    public static string Text(string text) => Choice($$"""{"content":{{Quote(text)}}}""", null);

    public static string Reasoning(string text) => Choice($$"""{"reasoning_content":{{Quote(text)}}}""", null);

    public static string Finish(string reason) => Choice("{}", reason);

    public static string Empty() => Head + "\"choices\":[]}";

    public static string Usage(int input, int output)
    {
        var counts = $"\"prompt_tokens\":{input},\"completion_tokens\":{output},\"total_tokens\":{input + output}";
        return $"{Head}\"choices\":[],\"usage\":{{{counts}}}}}";
    }

    public static string Choice(string delta, string? reason)
    {
        var finish = reason is null ? "null" : Quote(reason);
        return $"{Head}\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{finish}}}]}}";
    }
}
