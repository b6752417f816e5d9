namespace Runnel.Streams.Sqlite.Log;

/// <summary>Consecutive events of a home stream, as an owner's stream refers to them.</summary>
internal readonly record struct Reference(long HomeId, long First, long Count);
