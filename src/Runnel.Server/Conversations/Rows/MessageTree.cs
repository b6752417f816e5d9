using Microsoft.EntityFrameworkCore;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Rows;

/// <summary>How the messages of a conversation hang together, without their text. Hidden ones hold others together, and are
/// never named.</summary>
internal sealed class MessageTree
{
    private readonly Dictionary<string, Node> _nodes;
    private readonly ILookup<string, Node> _children;

    private MessageTree(List<Node> nodes)
    {
        _nodes = nodes.ToDictionary(node => node.MessageId);
        _children = nodes.ToLookup(node => node.ParentId ?? "");
    }

    public int Count => _nodes.Values.Count(node => !node.Hidden);

    public static async Task<MessageTree> ReadAsync(
        RunnelDbContext database, string threadId, CancellationToken cancellationToken) => new(
        await database.Set<Message>().IgnoreQueryFilters()
            .Where(message => message.ThreadId == threadId)
            .OrderBy(message => message.CreatedAt)
            .ThenBy(message => message.MessageId)
            .Select(message => new Node(message.MessageId, message.ParentId, message.CreatedAt, message.Hidden))
            .ToListAsync(cancellationToken));

    public bool Has(string messageId) => _nodes.TryGetValue(messageId, out var node) && !node.Hidden;

    /// <summary>The newest message that nothing follows, at or below this one.</summary>
    public string NewestLeaf(string messageId)
    {
        var top = _nodes[messageId];
        var below = new Stack<(Node Node, Node Above)>([(top, top)]);
        var shown = new List<Node>();
        var followed = new HashSet<string>();
        while (below.TryPop(out var next))
        {
            var above = next.Node.Hidden ? next.Above : next.Node;
            if (!next.Node.Hidden)
            {
                shown.Add(next.Node);
                if (next.Node != top)
                    followed.Add(next.Above.MessageId);
            }

            foreach (var child in _children[next.Node.MessageId])
                below.Push((child, above));
        }

        return shown
            .Where(node => !followed.Contains(node.MessageId))
            .Aggregate((newest, node) => node.IsAfter(newest) ? node : newest)
            .MessageId;
    }

    /// <summary>The branch that ends at a message, the oldest first; empty for none.</summary>
    public List<string> PathTo(string? messageId)
    {
        var path = new List<string>();
        for (var at = messageId; at is not null && _nodes.TryGetValue(at, out var node); at = node.ParentId)
        {
            if (!node.Hidden)
                path.Add(at);
        }

        path.Reverse();
        return path;
    }

    /// <summary>All messages, each before what follows it, siblings by age.</summary>
    public List<string> All()
    {
        var all = new List<string>(Count);
        var waiting = new Queue<Node>(_children[""]);
        while (waiting.TryDequeue(out var node))
        {
            if (!node.Hidden)
                all.Add(node.MessageId);
            foreach (var child in _children[node.MessageId])
                waiting.Enqueue(child);
        }

        return all;
    }

    private sealed record Node(string MessageId, string? ParentId, DateTimeOffset CreatedAt, bool Hidden)
    {
        public bool IsAfter(Node other) =>
            CreatedAt != other.CreatedAt
                ? CreatedAt > other.CreatedAt
                : string.CompareOrdinal(MessageId, other.MessageId) > 0;
    }
}
