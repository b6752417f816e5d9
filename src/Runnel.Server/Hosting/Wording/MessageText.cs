namespace Runnel.Server.Hosting.Wording;

/// <summary>What a message must be like that a person sends, to whatever. Each says why it is refused, or null.</summary>
internal static class MessageText
{
    private const int MaxClientMessageId = 64;

    public static Problem? Check(string? text, int maxCharacters)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Problems.Invalid("empty_message", "Write something: the message is empty.");
        return Texts.IsLonger(text, maxCharacters)
            ? Problems.Invalid("message_too_long", $"A message has at most {maxCharacters} characters. Send it in parts.")
            : null;
    }

    /// <summary>The name that a program may give to its message.</summary>
    public static Problem? CheckClientId(string? clientMessageId) =>
        clientMessageId is { } id && (id.Length is 0 or > MaxClientMessageId || Texts.Clean(id) != id)
            ? Problems.Invalid("invalid_client_message_id", "client_message_id has 1 to 64 characters.")
            : null;
}
