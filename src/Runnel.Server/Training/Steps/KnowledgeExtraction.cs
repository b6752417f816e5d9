using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Overviews;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Running;
using Runnel.Server.Training.Structured;
using Runnel.Server.Training.Workflow;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Steps;

/// <summary>Learns from the message, where there is something to learn: what a model finds in it is merged with what is known.</summary>
internal sealed class KnowledgeExtraction(
    StructuredAsking asking, KnowledgeMerge merge, KnowledgeOverview overview, TimeProvider time)
    : IStep<ExtractionInput, Extraction>
{
    private const string Instructions = """
        Somebody trains a digital human: they tell it about themself and their world. Find what is to be remembered in their
        message, read as the answer to last_question where there is one. entities: whatever has a name or could have one, each
        once, with its type, a short description, and properties for plain values (age, colour, birthday, profession). relations:
        what one entity has to do with another, source and target being names of entities; type is a verb phrase like
        "lives in" or "works at". Call the person who speaks by their name if it is known, else "User". Use names of known_names
        for what is the same. Write names and descriptions in the language of the message. confidence: 0 to 1, lower for what is
        only hinted at. Remember only what the message says; leave out questions, guesses and pleasantries. Where there is
        nothing, both lists are empty.
        """;

    public string Name => StepNames.Extraction;

    public async Task<StepEnd<Extraction>> RunAsync(
        ExtractionInput input, StepRun run, CancellationToken cancellationToken)
    {
        if (!input.Intent.Extract)
            return new StepEnd<Extraction>(Extraction.Nothing, new { Nodes = 0, Edges = 0 }) { IsSkipped = true };
        var recalled = input.Recalled;
        var known = await overview.ReadAsync(recalled.Human.Id, cancellationToken);
        var messages = PromptData.Messages(Instructions, new
        {
            Task = Name,
            KnownNames = known.Names,
            LastQuestion = recalled.LastQuestion,
            Message = recalled.Message,
        });
        var learned = await asking.AskAsync(recalled.Model, LearnedShape.Instance, messages, run, cancellationToken);
        return new StepEnd<Extraction>(Extraction.Nothing, new { })
        {
            Plan = token => PlanAsync(learned, run, token),
        };
    }

    private async Task<StepEffect<Extraction>> PlanAsync(Learned learned, StepRun run, CancellationToken cancellationToken)
    {
        var round = run.Round;
        var source = new Provenance(round.DigitalHumanId, round.MessageId, round.RoundId, time.GetUtcNow());
        var change = await merge.PlanAsync(source, learned, cancellationToken);
        if (change.Refused is { } refused)
            throw new RoundException(new RoundFailure(refused.Code, refused.Detail, false));
        var extraction = Extraction.Of(change.Nodes, change.Edges);
        var found = run.Log.Chunk(Name, ChunkKinds.KnowledgeExtracted) with
        {
            Nodes = extraction.Nodes,
            Edges = extraction.Edges,
        };
        return new StepEffect<Extraction>(
            new StepEnd<Extraction>(extraction, Summary(change)), [.. change.Participants, Keep(round, extraction)])
        {
            Before = [TrainingEvents.From(found)],
        };
    }

    private static object Summary(KnowledgeChange change) => new
    {
        Nodes = change.Nodes.Count,
        Edges = change.Edges.Count,
        NewNodes = change.Nodes.Count(node => node.IsNew),
        NewEdges = change.Edges.Count(edge => edge.IsNew),
        Contradictions = change.Nodes.Sum(node => node.Contradicts.Count) + change.Edges.Sum(edge => edge.Contradicts.Count),
        LeftOut = change.LeftOut.Count,
    };

    /// <summary>The history says it even if the round has no question in the end.</summary>
    private static Participant Keep(Round round, Extraction extraction) => Statement.Of(
        RoundState.Refused,
        "update training_rounds set learned = @learned where round_id = @round and status = 'running'",
        new Dictionary<string, object?>
        {
            ["round"] = round.RoundId,
            ["learned"] = WorkflowJson.Write(extraction),
        });
}
