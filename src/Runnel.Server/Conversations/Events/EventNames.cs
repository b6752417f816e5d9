namespace Runnel.Server.Conversations.Events;

/// <summary>The names of a conversation's events, as they stand on the wire.</summary>
internal static class EventNames
{
    public const string UserMessage = "user_message";
    public const string Start = "ai_response_start";
    public const string ReasoningChunk = "ai_reasoning_chunk";
    public const string Chunk = "ai_response_chunk";
    public const string Reset = "ai_response_reset";
    public const string Complete = "ai_response_complete";
    public const string Error = "conversation_error";
    public const string Queued = "turn_queued";
    public const string Updated = "conversation_updated";
    public const string Deleted = "conversation_deleted";
}
