using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>One turn, as the log tells it, line by line.</summary>
internal sealed class Story(Line message)
{
    private bool _isStarted;
    private string _text = "";

    public bool IsEnded { get; private set; }

    public bool IsInterrupted { get; private set; }

    public bool IsStopped { get; private set; }

    public string ClientMessageId => message.Data.Text("client_message_id");

    private string Status => IsInterrupted ? "interrupted" : IsStopped ? "stopped" : "complete";

    /// <summary>Takes the next line of the turn.</summary>
    public void Tell(Line line)
    {
        Assert.False(IsEnded, $"After its end came {line}");
        Assert.NotEqual("user_message", line.Event);
        _isStarted |= line.Event == "ai_response_start";
        _text = line.Event == TurnEvents.Reset ? "" : _text + (line.IsAnswer ? line.Text : "");
        if (!line.IsEnd)
            return;
        (IsEnded, IsInterrupted) = (true, line.Event == TurnEvents.Error);
        Assert.Equal(_text, line.Data.Text(IsInterrupted ? "partial_content" : "final_content"));
        if (IsInterrupted)
            Assert.Equal("interrupted", line.Data.Text("code"));
        else
            IsStopped = line.Data.Text("finish_reason") == "stopped";
    }

    /// <summary>It is what was sent, and the answer is what the model said, or a part of it.</summary>
    public void AssertAnswers(Said said)
    {
        Assert.Equal(said.Message, message.Data.Text("content"));
        Assert.Equal(said.Id, ClientMessageId);
        if (said.Expected is { } expected && (IsInterrupted || IsStopped))
            Assert.StartsWith(_text, expected, StringComparison.Ordinal);
        else if (said.Expected is not null)
            Assert.Equal(said.Expected, _text);
    }

    /// <summary>What history must say: a turn has its answer from its start on; one that died before has an empty one.</summary>
    public IEnumerable<(string Role, string Status, string Content)> Messages()
    {
        yield return ("user", "complete", message.Data.Text("content"));
        if (_isStarted || IsEnded)
            yield return ("assistant", Status, _text);
    }
}
