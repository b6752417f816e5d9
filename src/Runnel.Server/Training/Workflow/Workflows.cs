using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Metrics;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Workflow;

/// <summary>Makes the workflow of a round.</summary>
internal sealed class Workflows(IOptions<TrainingOptions> options, TrainingMetrics metrics, TimeProvider time)
{
    /// <param name="round">The round.</param>
    /// <param name="log">What it writes.</param>
    /// <param name="kept">What has been done of it.</param>
    public Workflow Of(Round round, RoundLog log, IReadOnlyList<KeptStep> kept) =>
        new(round, log, kept, options.Value.Step, metrics, time);
}
