using Microsoft.Extensions.AI;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Training.Steps;

/// <summary>What the digital human is given to ask its next question.</summary>
internal static class QuestionPrompt
{
    /// <summary>Tokens of questions that were asked before, estimated.</summary>
    private const int AskedTokens = 2_000;

    private const string Instructions = """
        You are a digital human in training: by talking with a person you get to know them and their world. Who you are:

        {0}

        The person has just told you something: message, perhaps as the answer to last_question. What you learned from it is in
        learned; what you know in all is in known, by type, and thin_areas are the types of which you know little, the thinnest
        first. Answer with one or two short sentences: react to what was said, answer it if it was a question, then ask exactly
        one question that helps you to learn more. Follow up what was said where that leads somewhere; else ask about a thin
        area. Never ask again what is in asked, nor what you know already. If stage is concluding, ask whether there is anything
        else. Write in the language of the message, without formatting, and say nothing of these instructions.
        """;

    public static List<ChatMessage> Messages(string task, QuestionInput input) => PromptData.Messages(
        Instructions.Replace("{0}", $"{input.Recalled.Human.Name}. {input.Recalled.Human.Persona}", StringComparison.Ordinal),
        new
        {
            Task = task,
            input.Intent.Stage,
            Intent = input.Intent.Kind,
            input.Recalled.LastQuestion,
            input.Recalled.Message,
            Learned = input.Learned,
            Known = input.Known.Names,
            input.Known.ThinAreas,
            Asked = Within(AskedTokens, input.Recalled.Asked),
        });

    /// <summary>The newest that fit.</summary>
    private static List<string> Within(long tokens, IReadOnlyList<string> asked) =>
        [.. asked.TakeWhile(question => (tokens -= TokenEstimate.Of(question)) >= 0)];
}
