using System.Text.Json;
using Runnel.Streams.Events;

namespace Runnel.Streams.Views;

/// <summary>
/// What the events of a stream add up to at its newest position: the state that somebody who joins now needs in order to
/// understand what comes next. Calls never overlap.
/// </summary>
public interface IStreamView
{
    /// <summary>Takes the next entry, in order.</summary>
    void Apply(LogEntry entry);

    /// <summary>Writes the state as members of the JSON object that is open in the writer.</summary>
    void WriteTo(Utf8JsonWriter writer);
}
