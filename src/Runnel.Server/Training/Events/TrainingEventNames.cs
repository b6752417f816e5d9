namespace Runnel.Server.Training.Events;

/// <summary>The names of training's events, as they stand on the wire.</summary>
internal static class TrainingEventNames
{
    public const string Queued = "training_queued";
    public const string Start = "training_start";
    public const string Chunk = "training_chunk";
    public const string Complete = "training_complete";
    public const string Error = "training_error";
    public const string MessageDeleted = "training_message_deleted";
}
