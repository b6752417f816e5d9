using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Runnel.Providers.Scripted.Training;

/// <summary>Does the steps of training by rules, so that all of it can be tried without any model. It understands only sentences
/// of a few forms ("I live in Paris", 我喜欢爬山) and is a demonstration, no more.</summary>
internal static class ScriptedTraining
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Null when the conversation is no step of training.</summary>
    public static string? Answer(IEnumerable<ChatMessage> messages) =>
        TrainingTask.From(messages) is { } task ? Answer(task) : null;

    private static string? Answer(TrainingTask task) => task.Name switch
    {
        "intent_recognition" => Write(ScriptedIntent.Of(task)),
        "knowledge_extraction" => Write(ScriptedFacts.Of(task.Message)),
        "question_generation" => NextQuestion.For(task),
        _ => null,
    };

    private static string Write<T>(T answer) => JsonSerializer.Serialize(answer, Json);
}
