using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>What came over one stream after a place, across any number of connections.</summary>
/// <param name="path">The stream, for messages.</param>
/// <param name="start">The cursor behind which it begins: <c>0</c>, or one that lies between two lines.</param>
internal sealed class Transcript(string path, string start)
{
    private readonly List<Line> _lines = [];
    private readonly long _after = NumberOf(start);

    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>The cursor to go on from.</summary>
    public string Cursor { get; private set; } = start;

    /// <summary>How many frames came.</summary>
    public long Frames { get; private set; }

    /// <summary>How many events of the log they cover.</summary>
    public long Events => Number - _after;

    private long Number => NumberOf(Cursor);

    /// <summary>Takes the next event. Only chunks may have others of the same text in them; every other event is the next number.
    /// </summary>
    public void Add(SseEvent seen)
    {
        var (number, line) = (TurnEvents.Number(seen.Id), Line.Of(seen));
        var isNext = line.IsText ? number > Number : number == Number + 1;
        Assert.True(isNext, $"{path}: after {Cursor} came {seen}");
        Line.AddTo(_lines, line);
        Cursor = seen.Id;
        Frames++;
    }

    /// <summary>All of it is in the log, in its place, and nothing of the log is left out: only the last text may go on there.
    /// </summary>
    public void AssertBegins(Transcript log)
    {
        var logged = log._lines.SkipWhile(line => TurnEvents.Number(line.Id) <= _after).ToList();
        Assert.True(_lines.Count <= logged.Count, $"{path}: {_lines.Count} lines were seen, {logged.Count} are in the log");
        for (var i = 0; i < _lines.Count; i++)
        {
            var isSame = i == _lines.Count - 1 ? GoesOn(_lines[i], logged[i]) : IsSame(_lines[i], logged[i]);
            Assert.True(isSame, $"{path}: seen was {_lines[i]}\nlogged is {logged[i]}");
        }
    }

    /// <summary>All of it is the log, to its end.</summary>
    public void AssertIs(Transcript log)
    {
        Assert.Equal(log.Cursor, Cursor);
        AssertBegins(log);
        Assert.Equal(log._lines[^1].Text, _lines[^1].Text);
    }

    /// <summary>What is in it of one conversation, without the cursors, which are those of this stream.</summary>
    public List<(string Event, string Key, string Text)> Of(string thread)
    {
        var lines = new List<Line>();
        foreach (var line in _lines.Where(line => line.Thread == thread))
            Line.AddTo(lines, line);
        return lines.ConvertAll(line => (line.Event, line.Key, line.Text));
    }

    private static long NumberOf(string cursor) => cursor == "0" ? 0 : TurnEvents.Number(cursor);

    private static bool IsSame(Line seen, Line logged) =>
        (seen.Event, seen.Key, seen.Text, seen.Id) == (logged.Event, logged.Key, logged.Text, logged.Id);

    private static bool GoesOn(Line seen, Line logged)
    {
        if (!seen.IsText || seen.Id == logged.Id)
            return IsSame(seen, logged);
        return (seen.Event, seen.Key) == (logged.Event, logged.Key)
            && TurnEvents.Number(seen.Id) < TurnEvents.Number(logged.Id)
            && logged.Text.StartsWith(seen.Text, StringComparison.Ordinal);
    }
}
