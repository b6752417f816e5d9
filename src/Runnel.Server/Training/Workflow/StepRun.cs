using Runnel.Server.Models;
using Runnel.Server.Training.Events;
using Runnel.Server.Training.Running;

namespace Runnel.Server.Training.Workflow;

/// <summary>A step that runs: for whom, and what it has taken so far.</summary>
internal sealed class StepRun(string step, Round round, RoundLog log, IReadOnlyList<StepUsage> earlier, long began, TimeProvider time)
{
    private int _calls;
    private long _input;
    private long _output;
    private bool _estimated;

    public string Step => step;

    public Round Round => round;

    public RoundLog Log => log;

    /// <summary>How long it has run, in milliseconds.</summary>
    public long DurationMs => (long)time.GetElapsedTime(began).TotalMilliseconds;

    /// <summary>A model was asked.</summary>
    /// <param name="attempts">How often it had to be asked until it answered.</param>
    /// <param name="usage">What that took in all.</param>
    public void Count(int attempts, Usage usage)
    {
        _calls += attempts;
        _input += usage.InputTokens;
        _output += usage.OutputTokens;
        _estimated |= usage.Estimated;
    }

    public StepUsage Usage() => new(step, _calls, _input, _output, _estimated, DurationMs);

    /// <summary>What the round has taken so far, this step included.</summary>
    public RoundUsage Total() => RoundUsage.Of([.. earlier, Usage()]);
}
