namespace Runnel.Server.Knowledge.Learning;

/// <summary>Where a fact comes from: who learned it, from which message, in which round, when.</summary>
internal sealed record Provenance(long DigitalHumanId, string MessageId, string RoundId, DateTimeOffset At);
