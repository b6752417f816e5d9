namespace Runnel.Server.Training.Events;

/// <summary>What a <c>training_chunk</c> is about: its <c>kind</c>.</summary>
internal static class ChunkKinds
{
    public const string UserMessage = "user_message";
    public const string NodeStart = "node_start";
    public const string NodeComplete = "node_complete";
    public const string Thinking = "thinking";
    public const string KnowledgeExtracted = "knowledge_extracted";
    public const string QuestionChunk = "question_chunk";
    public const string QuestionReset = "question_reset";
}
