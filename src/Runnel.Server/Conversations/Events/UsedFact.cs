namespace Runnel.Server.Conversations.Events;

/// <summary>Something that a digital human knows, and that its model was given for an answer. It has no word of it: what is
/// forgotten is not in the log.</summary>
/// <param name="Id">Of the node or edge.</param>
/// <param name="Kind"><c>node</c> or <c>edge</c>.</param>
/// <param name="MessageId">The message of the training that said it last.</param>
internal sealed record UsedFact(string Id, string Kind, string MessageId);
