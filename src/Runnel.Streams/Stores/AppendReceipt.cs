using Runnel.Streams.Events;

namespace Runnel.Streams.Stores;

/// <summary>Where an append landed.</summary>
/// <param name="Before">The position before its first event: whoever follows from here misses nothing of it.</param>
/// <param name="Last">The position of its last event.</param>
/// <param name="OwnerBefore">The position before its first event in the owner's stream; default where there is no owner.</param>
/// <param name="OwnerLast">The position of its last event in the owner's stream; default where there is no owner.</param>
public readonly record struct AppendReceipt(Cursor Before, Cursor Last, Cursor OwnerBefore, Cursor OwnerLast);
