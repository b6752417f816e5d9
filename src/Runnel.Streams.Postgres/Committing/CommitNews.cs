using System.Buffers;
using Npgsql;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Database;
using Runnel.Streams.Postgres.News;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>
/// What a commit tells the others, as payloads of <c>NOTIFY</c>, of which each takes less than 8000 bytes. Small events go
/// along; where there are many, or large ones, only where their streams stand.
/// </summary>
internal sealed class CommitNews
{
    /// <summary>As text, in base 64, 7,868 bytes.</summary>
    private const int PayloadBytes = 5900;

    /// <summary>Of one commit. To hear of an event costs each listener some microseconds; to read it costs the database a query for
    /// each stream that moved, which is what it can afford least when much is written.</summary>
    private const int MaxEventBytes = 1024 * 1024;

    private readonly List<string> _payloads = [];
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly ArrayBufferWriter<byte> _entry = new();
    private readonly long _incarnation;
    private int _eventBytes;

    private CommitNews(long incarnation)
    {
        _incarnation = incarnation;
        NewsCodec.Begin(_payload, incarnation);
    }

    /// <summary>Adds the notification to the last statements of a transaction: it is sent when that commits.</summary>
    public static void AddNotify(NpgsqlBatch batch, long incarnation, CommitPlan plan)
    {
        var payloads = new CommitNews(incarnation).Of(plan);
        if (payloads.Count > 0)
            Sql.Add(batch, "select pg_notify($1, payload) from unnest($2::text[]) payload", NewsCodec.Channel, payloads.ToArray());
    }

    private List<string> Of(CommitPlan plan)
    {
        foreach (var (pending, _, receipt) in plan.Placed)
        {
            if (pending.Append.Events.Count > 0)
                AddAppended(plan, pending.Append, receipt);
        }

        foreach (var stream in plan.Streams.Where(stream => stream.IsTrimmed || stream.Head.IsEnded))
            Add(() => NewsCodec.WriteMoved(_entry, new StreamMove(stream.Name, stream.Head)));
        foreach (var deleted in plan.Deleted)
            Add(() => NewsCodec.WriteDeleted(_entry, deleted.Name));
        Flush();
        return _payloads;
    }

    private void AddAppended(CommitPlan plan, Append append, AppendReceipt receipt)
    {
        var home = MoveTo(plan, append.Stream, receipt.Last);
        var owner = append.Owner is { } name ? MoveTo(plan, name, receipt.OwnerLast) : null;
        if (_eventBytes < MaxEventBytes && TryAdd(() => NewsCodec.WriteAppended(_entry, home, owner, append.Events)))
        {
            _eventBytes += _entry.WrittenCount;
            return;
        }

        Add(() => NewsCodec.WriteMoved(_entry, home));
        if (owner is not null)
            Add(() => NewsCodec.WriteMoved(_entry, owner));
    }

    /// <summary>A stream as it stands right after an append: later ones of the same commit are told by themselves.</summary>
    private static StreamMove MoveTo(CommitPlan plan, StreamName name, Cursor last) =>
        new(name, new StreamHead(last.Generation, plan.Find(name)?.Head.First ?? 1, last.Number));

    private void Add(Action write) => _ = TryAdd(write);

    private bool TryAdd(Action write)
    {
        _entry.ResetWrittenCount();
        write();
        if (_entry.WrittenCount > PayloadBytes - 16)
            return false;
        if (_payload.WrittenCount + _entry.WrittenCount > PayloadBytes)
            Flush();
        _payload.Write(_entry.WrittenSpan);
        return true;
    }

    private void Flush()
    {
        var text = Convert.ToBase64String(_payload.WrittenSpan);
        _payload.ResetWrittenCount();
        NewsCodec.Begin(_payload, _incarnation);
        if (text.Length > Convert.ToBase64String(_payload.WrittenSpan).Length)
            _payloads.Add(text);
    }
}
