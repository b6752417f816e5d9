namespace Runnel.Streams.Sqlite.Log;

/// <summary>Where an append stands: rows of <c>streams</c> and first numbers; 0 and 0 where there is no owner.</summary>
internal readonly record struct JournalPlace(long StreamId, long First, long OwnerId, long OwnerFirst);
