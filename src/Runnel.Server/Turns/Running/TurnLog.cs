using System.Runtime.CompilerServices;
using System.Text;
using Runnel.Server.Answering;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Streaming;
using Runnel.Server.Turns.States;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>
/// What one turn writes: its start, its text, and its end. Start and end change rows in the same commit; the turn's row takes
/// one end only, so that there is exactly one terminal event. While the store cannot commit, it is tried again: the text
/// waits here, and reading from the model waits with it, until the turn is given up.
/// </summary>
internal sealed class TurnLog : IAnswerLog
{
    private readonly IEventStreams _streams;
    private readonly Turn _turn;
    private readonly TimeProvider _time;
    private readonly CancellationToken _giveUp;
    private readonly byte[] _chunk;
    private readonly byte[] _reasoning;
    private long _textBegins;
    private bool _usedIsWritten = true;

    public TurnLog(IEventStreams streams, Turn turn, TimeProvider time, CancellationToken giveUp)
    {
        (_streams, _turn, _time, _giveUp) = (streams, turn, time, giveUp);
        _chunk = ConversationEvents.ChunkData(new Chunk(EventNames.Chunk, turn.ThreadId, turn.TurnId, turn.MessageId));
        _reasoning = ConversationEvents.ChunkData(
            new Chunk(EventNames.ReasoningChunk, turn.ThreadId, turn.TurnId, turn.MessageId));
    }

    /// <summary>What of a digital human's knowledge the model was given that was asked last.</summary>
    public IReadOnlyList<UsedFact> Used { get; private set; } = [];

    /// <summary>A model is about to be asked: the answer's message is there, empty.</summary>
    public async Task StartAsync(int attempt, string model)
    {
        attempt += _turn.EarlierAttempts;
        if (attempt == 1 && _turn.BegunAt is { } begun)
        {
            _textBegins = begun;
            return;
        }

        var now = _time.GetUtcNow();
        var start = new AiResponseStart(_turn.ThreadId, _turn.TurnId, _turn.MessageId, _turn.DigitalHumanId, model, attempt, now);
        var rows = attempt == 1 ? TurnRows.Start(_turn, now) : AttemptRows.Start(_turn, model);
        var receipt = await AppendAsync([ConversationEvents.From(start)], rows);
        _textBegins = receipt.Last.Number;
    }

    /// <summary>What was shown does not count any more; a new start follows.</summary>
    public async Task ResetAsync(string reason) => await AppendAsync(
        [ConversationEvents.From(new AiResponseReset(_turn.ThreadId, _turn.TurnId, _turn.MessageId, reason))],
        AttemptRows.Reset(_turn));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(List<Piece> pieces)
    {
        var events = new NewEvent[pieces.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = Delta(pieces[i]);
        await AppendAsync(events, UsedRows());
        _usedIsWritten = true;
    }

    /// <summary>What the model of this attempt is given of a digital human's knowledge. It is written with the first text, so that
    /// whatever is shown says what it came from, also after a crash.</summary>
    public void Uses(IReadOnlyList<UsedFact> used)
    {
        if (!used.SequenceEqual(Used))
            (Used, _usedIsWritten) = (used, false);
    }

    /// <summary>Ends the turn; false when it was told to end otherwise, or has ended.</summary>
    public async Task<bool> TryEndAsync(TurnEnding end)
    {
        try
        {
            await AppendAsync(end.Events, [.. TurnRows.End(_turn, end.Outcome, _time.GetUtcNow()), .. UsedRows()]);
            return true;
        }
        catch (ParticipantRefusedException refusal) when (refusal.Participant == TurnState.Refused)
        {
            return false;
        }
    }

    private IReadOnlyList<Participant> UsedRows() => _usedIsWritten ? [] : [UsedFacts.Set(_turn.MessageId, Used)];

    private NewEvent Delta(Piece piece)
    {
        var text = Encoding.UTF8.GetBytes(piece.Text);
        return piece.IsReasoning
            ? NewEvent.Delta(EventNames.ReasoningChunk, _reasoning, text)
            : NewEvent.Delta(EventNames.Chunk, _chunk, text, _textBegins);
    }

    private ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<NewEvent> events, IReadOnlyList<Participant> rows)
    {
        var append = new Append(ConversationStreams.Of(_turn.ThreadId), events)
        {
            Owner = ConversationStreams.OfOwner(_turn.OwnerId),
            Participants = rows,
        };
        return PatientAppend.AppendAsync(_streams, append, _time, _giveUp);
    }
}
