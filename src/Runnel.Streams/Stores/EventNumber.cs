namespace Runnel.Streams.Stores;

/// <summary>Stands, as a parameter of a <see cref="Participant"/>, for the number of an event of the same append.</summary>
public enum EventNumber
{
    /// <summary>The number before the append's first event, in its stream.</summary>
    Before,

    /// <summary>The number of the append's last event, in its stream.</summary>
    Last,

    /// <summary>The number before the append's first event, in the owner's stream.</summary>
    OwnerBefore,

    /// <summary>No event's: <see cref="IStreamStore.Incarnation"/> of the process that commits it.</summary>
    Incarnation,
}
