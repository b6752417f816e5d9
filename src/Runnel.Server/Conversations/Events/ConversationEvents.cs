using System.Text.Json;
using Runnel.Streams.Events;

namespace Runnel.Server.Conversations.Events;

/// <summary>Events as the log takes them.</summary>
internal static class ConversationEvents
{
    public static NewEvent From(UserMessage data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.UserMessage));

    public static NewEvent From(AiResponseStart data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.AiResponseStart));

    public static NewEvent From(AiResponseReset data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.AiResponseReset));

    public static NewEvent From(AiResponseComplete data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.AiResponseComplete));

    public static NewEvent From(ConversationError data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.ConversationError));

    public static NewEvent From(ConversationUpdated data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.ConversationUpdated));

    public static NewEvent From(ConversationDeleted data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.ConversationDeleted));

    public static NewEvent From(TurnQueued data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, EventsJson.Wire.TurnQueued));

    /// <summary>The data that all deltas of one text share.</summary>
    public static byte[] ChunkData(Chunk chunk) => JsonSerializer.SerializeToUtf8Bytes(chunk, EventsJson.Wire.Chunk);

    /// <summary>Whether an event ends a turn, and which; null when it does not.</summary>
    public static string? EndedTurn(StreamEvent log)
    {
        if (log.Name is not (EventNames.Complete or EventNames.Error))
            return null;
        using var data = JsonDocument.Parse(log.Data);
        return data.RootElement.GetProperty("turn_id").GetString();
    }
}
