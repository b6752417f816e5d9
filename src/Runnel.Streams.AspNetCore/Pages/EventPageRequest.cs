using System.Text.Json;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Pages;

/// <summary>Which page of a stream is asked for.</summary>
public sealed class EventPageRequest
{
    /// <summary>The most events of a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The longest wait for a page that would be empty.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    /// <summary>The stream. Whoever asks must be allowed to read it: that is checked before.</summary>
    public required StreamName Stream { get; init; }

    /// <summary>Where it begins: with the oldest event retained, by default.</summary>
    public StartPosition Start { get; init; } = StartPosition.Oldest;

    /// <summary>How many events of the log it covers at most: 1 to <see cref="MaxLimit"/>, 100 by default. Adjacent deltas of
    /// one text come as one event.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>How long to wait when there is nothing yet: up to <see cref="MaxWait"/>; not at all by default.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Cancelled when the reader may not read any more: a page that waits is answered at once, empty.</summary>
    public CancellationToken Revoked { get; init; }

    /// <summary>Writes members of a <c>resync</c> that only the application knows.</summary>
    public Action<Utf8JsonWriter>? Describe { get; init; }
}
