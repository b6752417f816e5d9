namespace Runnel.Server.Gates;

/// <summary>Marks an endpoint whose GET an <c>EventSource</c> may open.</summary>
internal sealed class EventStreamMark
{
    public static EventStreamMark Instance { get; } = new();
}
