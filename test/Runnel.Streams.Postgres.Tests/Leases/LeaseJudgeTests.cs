using Runnel.Streams.Postgres.Leases;

namespace Runnel.Streams.Postgres.Tests.Leases;

public class LeaseJudgeTests
{
    private const long Other = 7;

    private readonly LeaseJudge _judge = new(TimeSpan.FromSeconds(3));

    [Fact]
    public void Process_IsExpired_WhenItWasSilentForALeaseOfAnswers()
    {
        Assert.Empty(Ask(0, beat: 5));
        for (var at = 0.5; at < 3; at += 0.5)
            Assert.Empty(Ask(at, beat: 5));

        Assert.Equal([(Other, 5L)], Ask(3.1, beat: 5));
    }

    [Fact]
    public void Process_KeepsItsLease_WhenItBeatsOnceInEach()
    {
        for (var at = 0; at < 40; at++)
            Assert.Empty(Ask(at, beat: at / 2));
    }

    [Fact]
    public void Process_IsNotJudged_ForTheTimeInWhichTheDatabaseDidNotAnswer()
    {
        Assert.Empty(Ask(0, beat: 5));
        Assert.Empty(Ask(1, beat: 5));

        // The database was away for a minute: the other could beat no more than this one could ask.
        Assert.Empty(Ask(61, beat: 5));
        Assert.Empty(Ask(62, beat: 5));
        Assert.Empty(Ask(63, beat: 5));

        Assert.Equal([(Other, 5L)], Ask(64.1, beat: 5));
    }

    [Fact]
    public void Process_IsNotJudged_WhenTheAnswerItselfTookLong()
    {
        Assert.Empty(Ask(0, beat: 5));
        Assert.Empty(Ask(1, beat: 5));

        // Asked in time, but this process stood still before it had the answer.
        Assert.Empty(Ask(2, beat: 5, answered: 12));
        Assert.Empty(Ask(12.5, beat: 5));
    }

    [Fact]
    public void Silence_IsCountedFromTheAnswer_AndOnlyToTheQuestion()
    {
        Assert.Empty(Ask(0, beat: 5, answered: 1));
        Assert.Empty(Ask(2, beat: 5));
        Assert.Empty(Ask(3, beat: 5));

        // Between the first answer and this question is less than a lease, whenever the answer comes.
        Assert.Empty(Ask(3.9, beat: 5, answered: 4.4));
        Assert.NotEmpty(Ask(4.5, beat: 5));
    }

    [Fact]
    public void Process_IsJudgedAnew_WhenItHasBeatenOrComeBack()
    {
        Assert.Empty(Ask(0, beat: 5));
        Assert.Empty(Ask(1.4, beat: 5));
        Assert.Empty(Ask(2.8, beat: 6));
        Assert.Empty(Ask(4.2, beat: 6));
        Assert.Empty(_judge.Judge(Seconds(5.6), Seconds(5.6), new Dictionary<long, long>()));
        Assert.Empty(Ask(7, beat: 6));
        Assert.Empty(Ask(8.4, beat: 6));
        Assert.Empty(Ask(9.8, beat: 6));

        Assert.NotEmpty(Ask(10.1, beat: 6));
    }

    private IReadOnlyList<(long Incarnation, long Beat)> Ask(double at, long beat, double? answered = null) =>
        _judge.Judge(Seconds(at), Seconds(answered ?? at), new Dictionary<long, long> { [Other] = beat });

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
