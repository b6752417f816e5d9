namespace Runnel.Server.Turns.Accepting;

/// <summary>A turn that somebody wants.</summary>
/// <param name="OwnerId">Who.</param>
/// <param name="ThreadId">In which conversation; null for a new one.</param>
/// <param name="Opening">What begins it.</param>
internal sealed record NewTurn(string OwnerId, string? ThreadId, TurnOpening Opening)
{
    /// <summary>With whom the conversation is, as its client believes; of a new one, with whom it is to be.</summary>
    public long? DigitalHumanId { get; init; }

    public string? ClientMessageId { get; init; }

    /// <summary>What to do when the conversation is busy; see <see cref="BusyPolicy"/>.</summary>
    public BusyPolicy WhenBusy { get; init; }

    /// <summary>The name of the model that is to answer; null for that of the digital human, or the default.</summary>
    public string? Model { get; init; }
}
