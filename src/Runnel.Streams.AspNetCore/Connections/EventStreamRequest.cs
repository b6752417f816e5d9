using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>What one response follows, and how.</summary>
public sealed class EventStreamRequest
{
    /// <summary>The stream. Whoever asks must be allowed to read it: that is checked before.</summary>
    public required StreamName Stream { get; init; }

    /// <summary>Where it begins; see <c>SseRequest</c>.</summary>
    public StartPosition Start { get; init; }

    /// <summary>Whether deltas carry all of their text so far as <c>accumulated_content</c>.</summary>
    public bool Accumulated { get; init; }

    /// <summary>Whether an event <c>ping</c> goes with each heartbeat, for clients that cannot see comments.</summary>
    public bool Pings { get; init; }

    /// <summary>Cancelled when the reader may not read any more: who signed in is signed out, say. The response ends at once,
    /// without a word. May be cancelled from any thread.</summary>
    public CancellationToken Revoked { get; init; }

    /// <summary>Until when the reader may read, by the clock of the container's <see cref="TimeProvider"/>; then the response ends
    /// as with <see cref="Revoked"/>, within a quarter of a second. Null, the default, for no end.</summary>
    public DateTimeOffset? AllowedUntil { get; init; }

    /// <summary>Writes members of the opening event that only the application knows.</summary>
    public Action<Utf8JsonWriter>? Describe { get; init; }

    /// <summary>Whether an event is shown; null, the default, for all. What is not shown takes a number like any other, so a client
    /// that resumes without this, after the last one that it was shown, is given what came in between. Asked in order, by one
    /// thread at a time.</summary>
    public Func<StreamEvent, bool>? Shows { get; init; }

    /// <summary>Whether the response ends after an event; null to go on. Where that event may have been trimmed already, the
    /// response ends after its <c>resync</c>.</summary>
    public Func<StreamEvent, bool>? EndsAfter { get; init; }
}
