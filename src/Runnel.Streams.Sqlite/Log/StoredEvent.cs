using Runnel.Streams.Events;

namespace Runnel.Streams.Sqlite.Log;

/// <summary>An event, and its home stream's row, which owner streams refer to.</summary>
internal readonly record struct StoredEvent(StreamEvent Event, long HomeId);
