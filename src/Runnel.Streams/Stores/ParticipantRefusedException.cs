namespace Runnel.Streams.Stores;

/// <summary>A participant of an append failed: nothing of that append was stored and no number was taken.</summary>
public sealed class ParticipantRefusedException : Exception
{
    /// <summary>Names the participant.</summary>
    public ParticipantRefusedException(string participant, Exception? inner = null)
        : base($"The participant '{participant}' refused the append.", inner) => Participant = participant;

    /// <summary><see cref="Participant.Name"/> of the one that refused.</summary>
    public string Participant { get; }
}
