using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>An entry that only the journal has: its home stream's row and its number there, which owner streams refer to, and
/// the event; null in an owner stream when the event is gone.</summary>
internal readonly record struct StoredEvent(long HomeId, long Number, StreamEvent? Event);
