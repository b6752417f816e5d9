using Runnel.Server.Knowledge.Graphs;

namespace Runnel.Server.Knowledge.Reading;

/// <summary>A value of a property that another one took the place of.</summary>
/// <param name="Property">The name of the property.</param>
/// <param name="Value">The older value.</param>
/// <param name="MessageId">The message that said it last.</param>
/// <param name="SupersededBy">The message that said the value which holds.</param>
internal sealed record SupersededItem(string Property, string Value, string MessageId, string SupersededBy)
{
    public static SupersededItem Of(SupersededFact fact) => new(
        fact.Older.Fact.Label, fact.Older.Fact.Text, fact.Older.Newest.MessageId, fact.Newer.Newest.MessageId);
}
