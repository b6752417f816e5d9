namespace Runnel.Streams.Stores;

/// <summary>
/// A statement that must commit together with the events of an append, or not at all. It runs in the append's own savepoint:
/// when it fails or touches another number of rows than expected, that append is refused, takes no number, and nobody else
/// who shares the commit notices.
/// </summary>
/// <param name="Name">What is refused when it fails; see <see cref="ParticipantRefusedException.Participant"/>.</param>
/// <param name="Sql">One statement in the dialect that all stores share; parameters as <c>@name</c>.</param>
/// <param name="Parameters">Values by name without <c>@</c>. An <see cref="EventNumber"/> stands for a number that is
/// drawn only at the commit. The others are null, a boolean, a number, text, bytes, a date or time, a <see cref="Guid"/>, or, in
/// PostgreSQL, an array of those; one that a database does not take refuses the append.</param>
/// <param name="ExpectedRows">How many rows it must touch; null for any.</param>
public sealed record Participant(
    string Name, string Sql, IReadOnlyDictionary<string, object?> Parameters, int? ExpectedRows = 1);
