using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Events;

/// <summary>The JSON of events: snake_case, text as it is read.</summary>
[JsonSerializable(typeof(UserMessage))]
[JsonSerializable(typeof(AiResponseStart))]
[JsonSerializable(typeof(Chunk))]
[JsonSerializable(typeof(AiResponseReset))]
[JsonSerializable(typeof(AiResponseComplete))]
[JsonSerializable(typeof(ConversationError))]
[JsonSerializable(typeof(ConversationUpdated))]
[JsonSerializable(typeof(ConversationDeleted))]
[JsonSerializable(typeof(TurnQueued))]
[JsonSerializable(typeof(List<UsedFact>))]
internal sealed partial class EventsJson : JsonSerializerContext
{
    /// <summary>The one to use: Chinese stays Chinese, which a frame can hold.</summary>
    public static EventsJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcJsonConverter() },
    });
}
