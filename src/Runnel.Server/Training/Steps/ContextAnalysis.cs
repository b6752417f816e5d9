using Runnel.Server.Knowledge.Overviews;
using Runnel.Server.Training.Progress;
using Runnel.Server.Training.Recalling;
using Runnel.Server.Training.Workflow;

namespace Runnel.Server.Training.Steps;

/// <summary>Looks over what is known by now, and of what there is little. No model is asked.</summary>
internal sealed class ContextAnalysis(KnowledgeOverview overview) : IStep<Recollection, Analysis>
{
    public string Name => StepNames.Analysis;

    public async Task<StepEnd<Analysis>> RunAsync(Recollection input, StepRun run, CancellationToken cancellationToken)
    {
        var known = await overview.ReadAsync(input.Human.Id, cancellationToken);
        var analysis = new Analysis(known.Statistics.ByType, known.Statistics.ThinAreas, known.Names);
        return new StepEnd<Analysis>(analysis, new
        {
            Known = known.Statistics.Nodes,
            known.Statistics.ByType,
            known.Statistics.ThinAreas,
        });
    }
}
