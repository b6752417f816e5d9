using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Progress;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Workflow;

/// <summary>The rows of completed steps.</summary>
internal static class StepRows
{
    /// <summary>The participant that refuses a step that has completed, or whose round does not run any more.</summary>
    public const string Refused = "step completes";

    public static Participant Keep(string roundId, string output, StepUsage usage) => Statement.Of(
        Refused,
        """
        insert into training_steps
          (round_id, step, output, model_calls, input_tokens, output_tokens, usage_estimated, duration_ms)
        select round_id, @step, @output, @calls, @input, @tokens, @estimated, @duration
        from training_rounds where round_id = @round and status = 'running'
        """,
        new Dictionary<string, object?>
        {
            ["round"] = roundId,
            ["step"] = usage.Step,
            ["output"] = output,
            ["calls"] = usage.ModelCalls,
            ["input"] = usage.InputTokens,
            ["tokens"] = usage.OutputTokens,
            ["estimated"] = usage.Estimated ? 1 : 0,
            ["duration"] = usage.DurationMs,
        });

    /// <summary>In the order in which they completed.</summary>
    public static async Task<List<KeptStep>> ReadAsync(
        RunnelDbContext database, string roundId, CancellationToken cancellationToken)
    {
        var steps = await database.Database.SqlQuery<KeptStep>($"""
            select step as "Step", output as "Output", model_calls as "ModelCalls", input_tokens as "InputTokens",
              output_tokens as "OutputTokens", usage_estimated as "UsageEstimated", duration_ms as "DurationMs"
            from training_steps where round_id = {roundId}
            """).ToListAsync(cancellationToken);
        return [.. StepNames.All.SelectMany(name => steps.Where(step => step.Step == name))];
    }
}
