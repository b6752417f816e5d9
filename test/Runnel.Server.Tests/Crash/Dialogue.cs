using System.Net;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Crash;

/// <summary>One conversation: somebody who sends and waits for the end of the answer, over and over, and others who follow.</summary>
internal sealed class Dialogue(string thread, Random random)
{
    private readonly Follower[] _followers =
    [
        new($"{Speaker.Api}/{thread}/stream"),
        new($"{Speaker.Api}/{thread}/stream", new Random(random.Next())),
    ];

    private readonly List<Transcript> _answers = [];
    private TaskCompletionSource _answered = new();
    private Said? _unanswered;

    public string Thread => thread;

    public string Path => $"{Speaker.Api}/{thread}/stream";

    public IReadOnlyList<Follower> Followers => _followers;

    /// <summary>What was acknowledged, by turn.</summary>
    public Dictionary<string, Said> Accepted { get; } = [];

    /// <summary>Ends when an answer has been read to its end in this life of the server.</summary>
    public Task Answered => _answered.Task;

    /// <summary>What the sender has seen of the answers in this life of the server; empties it.</summary>
    public List<Transcript> TakeAnswers()
    {
        List<Transcript> taken = [.. _answers];
        _answers.Clear();
        return taken;
    }

    /// <summary>Writes and follows until the server dies.</summary>
    public Task LiveAsync(Speaker speaker)
    {
        _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll([.. _followers.Select(follower => follower.FollowAsync(speaker)), WriteAsync(speaker)]);
    }

    private Task WriteAsync(Speaker speaker) => Death.WaitAsync(async () =>
    {
        while (true)
            await SayAsync(speaker);
    });

    /// <summary>Sends, again what was not acknowledged when the server died, and reads the answer.</summary>
    private async Task SayAsync(Speaker speaker)
    {
        var isRepeat = _unanswered is not null;
        _unanswered ??= Said.New(random);
        using var answer = await speaker.PostAsync(
            new { message = _unanswered.Message, thread_id = thread, client_message_id = _unanswered.Id });
        var body = await answer.JsonAsync();
        var isTaken = answer.StatusCode == HttpStatusCode.Accepted || (isRepeat && answer.StatusCode == HttpStatusCode.OK);
        Assert.True(isTaken, $"{answer.StatusCode}: {body}");
        Accepted.Add(body.Text("turn_id"), _unanswered);
        _unanswered = null;
        await ReadAnswerAsync(speaker, body.Text("cursor"));
    }

    private async Task ReadAnswerAsync(Speaker speaker, string cursor)
    {
        var seen = new Transcript(Path, cursor);
        _answers.Add(seen);
        using var stream = await speaker.OpenAsync(Path + "?accumulated=false", cursor);
        await stream.NextAsync("connected");
        do
            seen.Add(await stream.NextAsync());
        while (!seen.Lines[^1].IsEnd);
        _answered.TrySetResult();
    }
}
