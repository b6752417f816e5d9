using System.Text.Json;

namespace Runnel.Server.Tests.Fixtures;

/// <summary>An event as it stood on the wire.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Data">Its data.</param>
/// <param name="Id">Its cursor; empty when it has none.</param>
public sealed record SseEvent(string Event, JsonElement Data, string Id)
{
    public string Text(string name) => Data.Text(name);

    public override string ToString() => $"{Event} {Id} {Data}";
}
