using System.Text.Json;
using Runnel.Server.Training.Structured;

namespace Runnel.Server.Training.Steps;

/// <summary>The form of an <see cref="Intent"/>.</summary>
internal static class IntentShape
{
    private const string Place = "answer";

    public static IReadOnlyList<string> Kinds { get; } =
        ["information_sharing", "question_asking", "clarification", "greeting", "other"];

    public static IReadOnlyList<string> Stages { get; } = ["initial", "exploring", "deepening", "concluding"];

    public static AnswerShape<Intent> Instance { get; } = new("training_intent", AnswerShape<Intent>.Parse(
        """
        {
          "type": "object",
          "properties": {
            "intent": {"type": "string",
              "enum": ["information_sharing", "question_asking", "clarification", "greeting", "other"]},
            "stage": {"type": "string", "enum": ["initial", "exploring", "deepening", "concluding"]},
            "extract": {"type": "boolean"}
          },
          "required": ["intent", "stage", "extract"],
          "additionalProperties": false
        }
        """), Read);

    private static Reading<Intent> Read(JsonElement answer) => new Intent(
        answer.OneOf("intent", Place, Kinds), answer.OneOf("stage", Place, Stages), answer.Flag("extract", Place));
}
