using System.Text.Json;
using Runnel.Streams.Events;

namespace Runnel.Server.Training.Events;

/// <summary>Events as the log takes them.</summary>
internal static class TrainingEvents
{
    public static NewEvent From(TrainingQueued data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingQueued));

    public static NewEvent From(TrainingStart data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingStart));

    public static NewEvent From(TrainingChunk data) => new(data.Type, Data(data));

    public static NewEvent From(TrainingComplete data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingComplete));

    public static NewEvent From(TrainingError data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingError));

    public static NewEvent From(TrainingMessageDeleted data) =>
        new(data.Type, JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingMessageDeleted));

    /// <summary>The data that all pieces of one question share; their <c>content</c> is the delta's.</summary>
    public static byte[] Data(TrainingChunk data) =>
        JsonSerializer.SerializeToUtf8Bytes(data, TrainingJson.Wire.TrainingChunk);

    /// <summary>Whether an event ends a round, and which; null when it does not.</summary>
    public static string? EndedRound(StreamEvent log) =>
        log.Name is TrainingEventNames.Complete or TrainingEventNames.Error ? RoundOf(log) : null;

    /// <summary>Of which round an event tells.</summary>
    public static string RoundOf(StreamEvent log)
    {
        using var data = JsonDocument.Parse(log.Data);
        return data.RootElement.GetProperty("round_id").GetString()!;
    }
}
