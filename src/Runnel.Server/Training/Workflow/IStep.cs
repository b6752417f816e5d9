namespace Runnel.Server.Training.Workflow;

/// <summary>A named piece of a round's work. It may run more than once, when the process dies before its end is committed; what
/// it gives counts once.</summary>
/// <typeparam name="TIn">What it needs.</typeparam>
/// <typeparam name="TOut">What it gives to those after it; kept as JSON.</typeparam>
internal interface IStep<in TIn, TOut>
{
    /// <summary>Its name, on the wire and in the database.</summary>
    string Name { get; }

    /// <exception cref="Running.RoundException">It cannot give that: the round ends.</exception>
    Task<StepEnd<TOut>> RunAsync(TIn input, StepRun run, CancellationToken cancellationToken);
}
