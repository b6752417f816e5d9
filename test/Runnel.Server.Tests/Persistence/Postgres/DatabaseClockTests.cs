using Runnel.Server.Persistence.Postgres;

namespace Runnel.Server.Tests.Persistence.Postgres;

public class DatabaseClockTests
{
    private static readonly DateTimeOffset Noon = new(2040, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly SetClock _machine = new();
    private readonly DatabaseClock _clock;

    public DatabaseClockTests() => _clock = new DatabaseClock(_machine);

    [Fact]
    public void Time_IsTheMachines_UntilTheFirstReading_AndThenTheDatabases()
    {
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());

        Assert.True(Read(Noon, trip: Moment));

        Assert.Equal(Noon + Moment / 2, _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Noon + Moment / 2 + TimeSpan.FromMinutes(1), _clock.GetUtcNow());
    }

    [Fact]
    public void Time_DoesNotFollow_AMachineWhoseClockIsSet()
    {
        Read(Noon, TimeSpan.Zero);
        _machine.Set(TimeSpan.FromHours(-1));

        Assert.Equal(Noon, _clock.GetUtcNow());
        Assert.InRange(_clock.Behind - (Noon - _machine.GetUtcNow()), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void AReadingThatTookTooLong_IsNotBelieved()
    {
        Read(Noon, TimeSpan.Zero);

        Assert.False(Read(Noon + TimeSpan.FromHours(1), trip: TimeSpan.FromSeconds(1.1)));

        Assert.Equal(Noon + TimeSpan.FromSeconds(1.1), _clock.GetUtcNow());
    }

    [Fact]
    public void ALargeStep_IsTakenWhenASecondReadingSaysTheSame()
    {
        Read(Noon, TimeSpan.Zero);
        var later = Noon + TimeSpan.FromHours(1);

        Assert.False(Read(later, TimeSpan.Zero));
        Assert.Equal(Noon, _clock.GetUtcNow());
        Assert.False(Read(Noon - TimeSpan.FromHours(1), TimeSpan.Zero));
        Assert.False(Read(later, TimeSpan.Zero));
        _machine.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Read(later + TimeSpan.FromSeconds(1), TimeSpan.Zero));

        Assert.Equal(later + TimeSpan.FromSeconds(1), _clock.GetUtcNow());
    }

    [Fact]
    public void WhatTheRoundTripExplains_IsNoStep()
    {
        Read(Noon, TimeSpan.Zero);

        Assert.True(Read(Noon + Moment, trip: Moment));
        Assert.Equal(Noon + Moment, _clock.GetUtcNow());
        Assert.True(Read(Noon + 5 * Moment, trip: Moment));
        Assert.Equal(Noon + 5.5 * Moment, _clock.GetUtcNow());
    }

    private bool Read(DateTimeOffset said, TimeSpan trip)
    {
        var asked = _machine.GetTimestamp();
        _machine.Advance(trip);
        return _clock.TryTake(said, asked);
    }

    /// <summary>A machine whose time a test moves, and whose clock it sets.</summary>
    private sealed class SetClock : TimeProvider
    {
        private TimeSpan _since;
        private TimeSpan _off;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _since.Ticks;

        public override DateTimeOffset GetUtcNow() => Noon - TimeSpan.FromDays(1) + _since + _off;

        public void Advance(TimeSpan by) => _since += by;

        public void Set(TimeSpan by) => _off += by;
    }
}
