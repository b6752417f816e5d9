using Runnel.Server.Training.Recalling;

namespace Runnel.Server.Training.Steps;

/// <summary>What a round consists of.</summary>
internal sealed class RoundSteps(
    IntentRecognition intent,
    KnowledgeExtraction extraction,
    ContextAnalysis analysis,
    QuestionGeneration question,
    SaveMessage save)
{
    public async Task RunAsync(Recollection recalled, Workflow.Workflow workflow, CancellationToken cancellationToken)
    {
        var meant = await workflow.RunAsync(intent, recalled, cancellationToken);
        var learned = await workflow.RunAsync(extraction, new ExtractionInput(recalled, meant), cancellationToken);
        var known = await workflow.RunAsync(analysis, recalled, cancellationToken);
        var asked = await workflow.RunAsync(question, new QuestionInput(recalled, meant, learned, known), cancellationToken);
        await workflow.RunAsync(save, new SaveInput(asked, learned), cancellationToken);
    }
}
