namespace Runnel.Fakes;

/// <summary>Ready-made answers.</summary>
public static class Answers
{
    /// <summary><c>You said: </c> and the last user message, a word a chunk.</summary>
    public static Answer Echo { get; } = (writer, _) => PlayAsync(writer, $"You said: {writer.Request.LastUserMessage}");

    /// <summary>This text, a word a chunk.</summary>
    public static Answer Text(string text) => (writer, _) => PlayAsync(writer, text);

    /// <summary>These bytes as the body of an event stream.</summary>
    public static Answer Raw(string body) => (writer, _) => writer.RawAsync(body);

    /// <summary>A whole answer with this status, content type, body and headers.</summary>
    public static Answer Http(int status, string contentType, string body, params (string, string)[] headers) =>
        (writer, _) => writer.RespondAsync(status, contentType, body, headers);

    /// <summary>An error as OpenAI words it.</summary>
    public static Answer Status(int status, string? retryAfter = null) => Http(
        status, "application/json", """{"error":{"message":"told to fail","type":"fake"}}""",
        retryAfter is null ? [] : [("Retry-After", retryAfter)]);

    /// <summary>Nothing, until the client goes.</summary>
    public static Answer Hang { get; } = (_, clientGone) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, clientGone);

    private static async Task PlayAsync(AnswerWriter writer, string text)
    {
        var words = text.Split(' ');
        await writer.DataAsync(Wire.Role());
        for (var i = 0; i < words.Length; i++) await writer.DataAsync(Wire.Text(i == 0 ? words[i] : " " + words[i]));
        await writer.FinishAsync(words.Length);
    }
}
