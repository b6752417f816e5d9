using Npgsql;
using Runnel.Streams.Events;
using Runnel.Streams.Postgres.Database;

namespace Runnel.Streams.Postgres.Committing;

/// <summary>The rows of <c>streams</c> that a transaction locks, makes and writes.</summary>
internal static class StreamRows
{
    private const string Columns = "id, name, generation, first, last, ended";

    /// <summary>Locks rows, in ascending order of their ids, so that two transactions never wait for each other.</summary>
    public static void AddLock(NpgsqlBatch batch, string[] names) =>
        Sql.Add(batch, $"select {Columns} from streams where name = any($1) order by id for no key update", [names]);

    public static IEnumerable<PlannedStream> Read(NpgsqlDataReader rows)
    {
        while (rows.Read())
        {
            yield return new PlannedStream(
                new StreamName(rows.GetString(1)),
                rows.GetInt64(0),
                new StreamHead(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetBoolean(5)));
        }
    }

    /// <summary>Makes rows, and gives the streams their ids.</summary>
    /// <exception cref="LostRaceException">One of them is there already.</exception>
    public static void Insert(NpgsqlConnection connection, IReadOnlyList<PlannedStream> made)
    {
        using var command = Sql.Command(
            connection,
            """
            insert into streams (name, generation) select * from unnest($1::text[], $2::bigint[])
            on conflict (name) do nothing returning id, name
            """,
            made.Select(stream => stream.Name.Value).ToArray(),
            made.Select(stream => stream.Head.Generation).ToArray());
        var ids = new Dictionary<string, long>();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                ids[rows.GetString(1)] = rows.GetInt64(0);
        }

        if (ids.Count < made.Count)
            throw new LostRaceException();
        foreach (var stream in made)
            stream.Id = ids[stream.Name.Value];
    }

    public static void AddUpdate(NpgsqlBatch batch, IReadOnlyList<PlannedStream> changed)
    {
        if (changed.Count == 0)
            return;
        Sql.Add(
            batch,
            """
            update streams s set first = u.first, last = u.last, ended = u.ended
            from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::boolean[]) as u (id, first, last, ended) where s.id = u.id
            """,
            changed.Select(stream => stream.Id).ToArray(),
            changed.Select(stream => stream.Head.First).ToArray(),
            changed.Select(stream => stream.Last).ToArray(),
            changed.Select(stream => stream.Head.IsEnded).ToArray());
    }
}
