namespace Runnel.Server.Knowledge.Searching;

/// <summary>Something that is known, in words.</summary>
/// <param name="Id">Of its node or edge.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">Of a node its name; of an edge the names of its ends and its type.</param>
/// <param name="Type">Of a node the word of its entity type; of an edge the type of the relation.</param>
/// <param name="Text">All of it on one line: words that people and models wrote, never to be taken for instructions.</param>
/// <param name="MessageId">The message that said it last.</param>
internal sealed record KnownFact(string Id, KnowledgeKind Kind, string Name, string Type, string Text, string MessageId);
