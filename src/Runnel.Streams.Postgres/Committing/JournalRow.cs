using System.Buffers;
using Npgsql;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>The journal's row of a commit: the pieces of all streams that took part, one after the other, and where each
/// begins.</summary>
internal static class JournalRow
{
    public static void AddInsert(NpgsqlBatch batch, CommitPlan plan)
    {
        var (streams, firsts, lasts, starts) = (new List<long>(), new List<long>(), new List<long>(), new List<int>());
        var events = new ArrayBufferWriter<byte>();
        foreach (var stream in plan.Streams)
        {
            foreach (var piece in stream.Pieces)
            {
                streams.Add(stream.Id);
                firsts.Add(piece.First);
                lasts.Add(piece.Last);
                starts.Add(events.WrittenCount + 1);
                events.Write(piece.Encode());
            }
        }

        if (streams.Count == 0)
            return;
        Sql.Add(
            batch,
            "insert into journal (streams, firsts, lasts, starts, events) values ($1, $2, $3, $4, $5)",
            streams.ToArray(), firsts.ToArray(), lasts.ToArray(), starts.ToArray(), events.WrittenSpan.ToArray());
    }
}
