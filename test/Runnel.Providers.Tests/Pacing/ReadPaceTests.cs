using Microsoft.Extensions.AI;
using Runnel.Fakes;
using Runnel.Providers.OpenAI;
using Runnel.Providers.Pacing;
using Runnel.Providers.Tests.Fakes;

namespace Runnel.Providers.Tests.Pacing;

public sealed class ReadPaceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualClock _clock = new();
    private readonly ReadPace _pace;

    public ReadPaceTests() => _pace = new ReadPace(_clock, cores: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _pace.Dispose();

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(79, 1, 0)]
    [InlineData(80, 1, 16)]
    [InlineData(200, 1, 40)]
    [InlineData(1000, 1, 60)]
    [InlineData(100_000, 1, 60)]
    [InlineData(200, 8, 0)]
    [InlineData(2000, 8, 50)]
    public void Interval_GrowsWithTheAnswers_AndShrinksWithTheCores(int answers, int cores, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ReadPace.For(answers, cores));

    [Fact]
    public async Task Answer_IsReadAsItComes_WhileThereAreFew()
    {
        using var client = Client("a", "b");
        await using var answer = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("a", await NextAsync(answer));
        Assert.Equal("b", await NextAsync(answer));
    }

    [Fact]
    public async Task Answer_OfVeryMany_GivesItsFirstWordAtOnce_AndIsReadAgainAfterTheInterval()
    {
        Crowd();
        using var client = Client("a", "b", "c");
        await using var answer = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("a", await NextAsync(answer));
        var next = NextAsync(answer);
        _clock.Advance(Interval - Moment);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal("b", await next);
    }

    [Fact]
    public async Task Answer_OfVeryMany_ThatHasBeenSilent_IsReadAtOnce()
    {
        Crowd();
        using var client = Client("a", "b");
        await using var answer = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("a", await NextAsync(answer));
        _clock.Advance(Interval);
        Assert.Equal("b", await NextAsync(answer));
    }

    [Fact]
    public async Task Answer_ThatNobodyWantsAnyMore_DoesNotWaitForItsTime()
    {
        Crowd();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var client = Client("a", "b");
        await using var answer = client.Ask("hi", stop.Token).GetAsyncEnumerator(Cancellation);
        Assert.Equal("a", await NextAsync(answer));
        var next = NextAsync(answer);
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(9));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Answers_OfACrowd_AreAllReadAgain()
    {
        Crowd();
        var answers = Enumerable.Range(0, 100)
            .Select(_ => Client("a", "b").Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation)).ToList();
        foreach (var answer in answers)
            Assert.Equal("a", await NextAsync(answer));
        var waiting = answers.ConvertAll(NextAsync);
        _clock.Advance(Interval + TimeSpan.FromMilliseconds(9));
        Assert.All(await Task.WhenAll(waiting), word => Assert.Equal("b", word));
        foreach (var answer in answers)
            await answer.DisposeAsync();
    }

    [Fact]
    public async Task Crowd_ThatHasGone_HoldsNobodyUp()
    {
        foreach (var other in Crowd())
            other.Dispose();
        using var client = Client("a", "b");
        await using var answer = client.Ask("hi", Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.Equal("a", await NextAsync(answer));
        Assert.Equal("b", await NextAsync(answer));
    }

    private List<PacedAnswer> Crowd() => [.. Enumerable.Range(0, 1000).Select(_ => _pace.Enter())];

    private OpenAIChatClient Client(params string[] words)
    {
        var server = CannedServer.Stream([.. words.Select(word => $"data: {Wire.Text(word)}\n\n"), "data: [DONE]\n\n"]);
        return new OpenAIChatClient(new HttpClient(server), new OpenAIEndpoint("http://model.example/v1", "key", "m"), _clock, _pace);
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<ChatResponseUpdate> answer)
    {
        Assert.True(await answer.MoveNextAsync());
        return answer.Current.Text;
    }
}
