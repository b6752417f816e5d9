using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;

namespace Runnel.Server.Answering.Pacing;

/// <summary>What the running answers hold in memory, all together. Beyond the limit only the oldest is read on, whose own limit
/// lets it end; the others' models wait until there is room. Thread-safe.</summary>
internal sealed class AnswerRoom(IOptions<LimitsOptions> limits)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<AnswerShare> _shares = [];
    private long _held;

    /// <summary>The most characters of one answer.</summary>
    public int AnswerLimit => limits.Value.AnswerCharacters;

    /// <summary>An answer begins. Dispose the share at its end.</summary>
    public AnswerShare Enter()
    {
        lock (_gate)
            return _shares.AddLast(new AnswerShare(this)).Value;
    }

    /// <summary>Counts what an answer has more than before, or less; whether it may be read on.</summary>
    public bool TryHold(AnswerShare share, int more)
    {
        lock (_gate)
        {
            _held += more;
            if (more < 0)
                WakeThoseWithRoom();
            if (HasRoom(share))
                return true;
            share.Wait();
            return false;
        }
    }

    public void Leave(AnswerShare share, int held)
    {
        lock (_gate)
        {
            _held -= held;
            _shares.Remove(share);
            WakeThoseWithRoom();
        }
    }

    private bool HasRoom(AnswerShare share) =>
        _held <= limits.Value.RunningAnswerCharacters || _shares.First?.Value == share;

    private void WakeThoseWithRoom()
    {
        foreach (var share in _shares.Where(HasRoom))
            share.Wake();
    }
}
