using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Runnel.Server.Persistence;

namespace Runnel.Server.Training.Events;

/// <summary>The JSON of training's events: snake_case, text as it is read, nothing that is not there.</summary>
[JsonSerializable(typeof(TrainingQueued))]
[JsonSerializable(typeof(TrainingStart))]
[JsonSerializable(typeof(TrainingChunk))]
[JsonSerializable(typeof(TrainingComplete))]
[JsonSerializable(typeof(TrainingError))]
[JsonSerializable(typeof(TrainingMessageDeleted))]
internal sealed partial class TrainingJson : JsonSerializerContext
{
    public static TrainingJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcJsonConverter() },
    });
}
