using System.Text.Json;
using Runnel.Server.Conversations.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations.Rows;

/// <summary>How the row of an answer says what its model was given of a digital human's knowledge.</summary>
internal static class UsedFacts
{
    public static IReadOnlyList<UsedFact> Read(string? column) =>
        column is null ? [] : JsonSerializer.Deserialize(column, EventsJson.Wire.ListUsedFact)!;

    /// <summary>The row of the answer says so from now on.</summary>
    public static Participant Set(string messageId, IReadOnlyList<UsedFact> used) => new(
        "answer",
        "update messages set knowledge_used = @used where message_id = @message",
        new Dictionary<string, object?>
        {
            ["used"] = used.Count == 0 ? null : JsonSerializer.Serialize([.. used], EventsJson.Wire.ListUsedFact),
            ["message"] = messageId,
        });
}
