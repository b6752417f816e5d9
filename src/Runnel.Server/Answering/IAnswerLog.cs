namespace Runnel.Server.Answering;

/// <summary>Where an answer goes while it is given: attempt by attempt, piece by piece.</summary>
internal interface IAnswerLog
{
    /// <summary>A model is about to be asked.</summary>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="model">What it calls itself.</param>
    Task StartAsync(int attempt, string model);

    /// <summary>What was written since the start does not count any more; a new start follows.</summary>
    Task ResetAsync(string reason);

    /// <summary>Takes what is new, in order.</summary>
    ValueTask WriteAsync(List<Piece> pieces);
}
