namespace Runnel.Server.Knowledge.Changes;

/// <summary>Something of a model's answer that cannot be stored.</summary>
/// <param name="What">The entity or relation, in words.</param>
/// <param name="Reason"><c>invalid_name</c>: empty or longer than names are; <c>unknown_end</c>: no entity has the name of an end;
/// <c>self_relation</c>: both ends are the same.</param>
internal sealed record LeftOut(string What, string Reason);
