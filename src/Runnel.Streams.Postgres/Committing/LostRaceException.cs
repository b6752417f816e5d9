namespace Runnel.Streams.Postgres.Committing;

/// <summary>Another process did the same at the same time; the transaction is rolled back and tried again.</summary>
internal sealed class LostRaceException() : Exception("Another process has just made the same stream.");
