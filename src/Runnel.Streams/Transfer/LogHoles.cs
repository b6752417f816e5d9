namespace Runnel.Streams.Transfer;

/// <summary>The question for streams that lack something, which both databases understand.</summary>
public static class LogHoles
{
    /// <summary>Answers the name of a stream whose segments do not have every number from its first to its last; no row when
    /// there is none.</summary>
    public const string Sql = """
        select name from (
          select s.name, s.first, s.last, min(g.first) as begins, max(g.last) as ends, max(g.gap) as gap
          from streams s left join (
            select stream_id, first, last,
              case when first > lag(last) over (partition by stream_id order by last) + 1 then 1 else 0 end as gap
            from segments) g on g.stream_id = s.id
          group by s.id, s.name, s.first, s.last) t
        where first <= last and (begins is null or begins > first or ends <> last or gap = 1) or ends > last
        limit 1
        """;
}
