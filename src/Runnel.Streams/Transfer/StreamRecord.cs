using Runnel.Streams.Events;

namespace Runnel.Streams.Transfer;

/// <summary>A stream as it is carried from one store to another.</summary>
/// <param name="Id">The store's id, above 0; references of owner streams name it, so it stays.</param>
/// <param name="Name">Its name.</param>
/// <param name="Head">Where it stands.</param>
public sealed record StreamRecord(long Id, StreamName Name, StreamHead Head);
