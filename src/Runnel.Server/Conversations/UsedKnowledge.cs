using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary>The words of what answers were given, as they are known now: what was forgotten since is not among them, and nothing
/// is where the digital human is gone, or not there any more for whom it talked to.</summary>
internal sealed class UsedKnowledge
{
    private static readonly UsedKnowledge None = new([]);

    private readonly Dictionary<string, KnownFact> _facts;

    private UsedKnowledge(Dictionary<string, KnownFact> facts) => _facts = facts;

    public static async Task<UsedKnowledge> ReadAsync(
        RunnelDbContext database, Conversation conversation, IEnumerable<Message> page, CancellationToken cancellationToken)
    {
        var ids = page.SelectMany(message => UsedFacts.Read(message.KnowledgeUsed)).Select(used => used.Id).Distinct().ToList();
        if (ids.Count == 0 || conversation.DigitalHumanId is not { } human)
            return None;
        if (await OwnDigitalHumans.FindUsableAsync(database, conversation.OwnerId, human, cancellationToken) is null)
            return None;
        var facts = await KnownFacts.ReadAsync(database, human, ids, cancellationToken);
        return new UsedKnowledge(facts.ToDictionary(fact => fact.Id));
    }

    /// <summary>What one answer was given, what fitted best first.</summary>
    public IReadOnlyList<Item> Of(Message message) =>
        [.. UsedFacts.Read(message.KnowledgeUsed).Where(used => _facts.ContainsKey(used.Id)).Select(used => Named(used, _facts[used.Id]))];

    private static Item Named(UsedFact used, KnownFact fact) =>
        new(used.Id, used.Kind, used.MessageId, fact.Name, fact.Type, fact.Text);

    /// <summary>A fact as people read it.</summary>
    internal sealed record Item(string Id, string Kind, string MessageId, string Name, string Type, string Text);
}
