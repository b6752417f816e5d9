using Runnel.Server.Conversations.Following;
using Runnel.Streams;
using Runnel.Streams.Events;

namespace Runnel.Server.Turns.Recovering;

/// <summary>Reads what a turn that was left has shown: all that any client can have seen is in the log.</summary>
internal sealed class LeftText(IEventStreams streams)
{
    private const int PageBytes = 256 * 1024;

    /// <summary>Null when its answer was not begun.</summary>
    public async Task<RunningTurn?> ReadAsync(LeftTurn left, CancellationToken cancellationToken)
    {
        var view = new ConversationView();
        var (after, stream) = (left.StartedAfter, ConversationStreams.Of(left.ThreadId));
        IReadOnlyList<LogEntry> page;
        while ((page = await streams.ReadAsync(stream, after, PageBytes, cancellationToken)).Count > 0)
        {
            foreach (var entry in page)
                view.Apply(entry);
            after = page[^1].Number;
        }

        return view.Find(left.TurnId);
    }
}
