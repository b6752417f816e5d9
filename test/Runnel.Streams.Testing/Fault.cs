namespace Runnel.Streams.Testing;

/// <summary>What may happen to a call of a <see cref="FaultyStore"/>.</summary>
public enum Fault
{
    /// <summary>It does nothing and says so.</summary>
    Fails,

    /// <summary>A commit is stored, but its answer is lost; a read fails.</summary>
    LosesAnswers,

    /// <summary>It takes its time.</summary>
    Delays,
}
