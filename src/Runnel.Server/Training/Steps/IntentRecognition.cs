using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Structured;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Finds out what the message is for, and whether there is something to learn from it.</summary>
internal sealed class IntentRecognition(StructuredAsking asking) : IStep<Recollection, Intent>
{
    private const string Instructions = """
        Somebody trains a digital human: they tell it about themself and their world, and it asks them questions. Classify their
        message. intent: information_sharing (it tells something), question_asking (it asks the digital human something),
        clarification (it corrects or explains what was said before), greeting (it says no more than hello, thanks or goodbye),
        or other. stage: how far the acquaintance is, by the number of rounds before and by how deep the message goes: initial,
        exploring, deepening, or concluding (the person wants to end). extract: true if the message, read as the answer to
        last_question where there is one, says anything that is worth to be remembered: facts, people, places, dates, skills,
        hobbies, opinions, plans.
        """;

    public string Name => StepNames.Intent;

    public async Task<StepEnd<Intent>> RunAsync(Recollection input, StepRun run, CancellationToken cancellationToken)
    {
        var messages = PromptData.Messages(Instructions, new
        {
            Task = Name,
            RoundsBefore = input.Rounds,
            LastQuestion = input.LastQuestion,
            Message = input.Message,
        });
        var intent = await asking.AskAsync(input.Model, IntentShape.Instance, messages, run, cancellationToken);
        return new StepEnd<Intent>(intent, new { Intent = intent.Kind, intent.Stage, intent.Extract });
    }
}
